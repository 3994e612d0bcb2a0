import { age } from "../shared/age.ts";
import type { ColumnSpec } from "./kind.ts";

/** RESTARTS as kubectl prints it, `5 (3m ago)`; the cell is the number, and `restartedAt` has to stand beside it. */
export const restartsColumn = {
  type: "number",
  show: "standard",
  align: "right",
  needs: ["restartedAt"],
  print: (read, now) => {
    const restarts = read("restarts") ?? 0;
    const last = read("restartedAt");
    return restarts === 0 || typeof last !== "number"
      ? String(restarts)
      : `${String(restarts)} (${age(now - last)} ago)`;
  },
} as const satisfies ColumnSpec;
