import type { Messages } from "../en.ts";

export const kinds: Messages["kinds"] = {};
