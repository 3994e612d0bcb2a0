import type { Messages } from "../en.ts";

export const problems: Messages["problems"] = {};
