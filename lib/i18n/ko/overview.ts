import type { Messages } from "../en.ts";

export const overview: Messages["overview"] = {};
