import type { Messages } from "../en.ts";

export const query: Messages["query"] = {};
