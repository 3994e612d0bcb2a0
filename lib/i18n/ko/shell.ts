import type { Messages } from "../en.ts";

export const shell: Messages["shell"] = {};
