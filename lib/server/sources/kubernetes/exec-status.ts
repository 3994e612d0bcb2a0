import { z } from "zod";
import { StowageError } from "../../error.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** How a command in a container ended: by itself, or because it could not be run or was cut off. */
export type ExecEnd =
  | { readonly type: "exit"; readonly code: number }
  | { readonly type: "failed"; readonly error: StowageError };

const statusSchema = z.object({
  status: z.string().optional(),
  message: z.string().optional(),
  reason: z.string().optional(),
  code: z.number().optional(),
  details: z
    .object({ causes: z.array(z.object({ reason: z.string().optional(), message: z.string().optional() })).nullish() })
    .nullish(),
});

/** Reads the Status that ends the error channel: success, an exit code, or why the command never ran. */
export function execEndOf(text: string): ExecEnd {
  const status = parsed(text);
  if (status === null) return failed("source-refused", "the API server ended the command without saying how");
  if (status.status === "Success") return { type: "exit", code: 0 };
  if (status.reason === "NonZeroExitCode") {
    const cause = status.details?.causes?.find(({ reason }) => reason === "ExitCode");
    const code = Number(cause?.message);
    if (Number.isInteger(code)) return { type: "exit", code };
  }
  const message = withoutSecrets(status.message ?? "the command could not be run");
  if (status.code === 403) return failed("forbidden", message);
  if (status.code === 404) return failed("not-found", message);
  return failed("source-refused", message);
}

function failed(code: "source-refused" | "forbidden" | "not-found", message: string): ExecEnd {
  return { type: "failed", error: new StowageError(code, message) };
}

function parsed(text: string): z.infer<typeof statusSchema> | null {
  try {
    const result = statusSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
