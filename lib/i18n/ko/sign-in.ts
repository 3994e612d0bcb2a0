import type { Messages } from "../en.ts";

export const signIn: Messages["signIn"] = {};
