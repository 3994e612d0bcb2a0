import type { Messages } from "../en.ts";

export const table: Messages["table"] = {};
