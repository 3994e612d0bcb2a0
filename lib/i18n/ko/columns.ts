import type { Messages } from "../en.ts";

export const columns: Messages["columns"] = {};
