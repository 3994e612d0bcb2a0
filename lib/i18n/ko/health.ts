import type { Messages } from "../en.ts";

export const health: Messages["health"] = {};
