import type { Messages } from "../en.ts";

export const detail: Messages["detail"] = {};
