import type { Messages } from "../en.ts";

export const sections: Messages["sections"] = {};
