import { readFile } from "node:fs/promises";
import { StowageError } from "../../error.ts";

/** Data in the kubeconfig itself (base64) or a file that it names; the data holds where both are there. */
export type Referenced = { readonly data: string | null | undefined; readonly file: string | null | undefined };

/** Reads it; null where neither is there. `what` names it in the error, whose code is `source-unreachable`. */
export async function readReferenced({ data, file }: Referenced, what: string): Promise<Buffer | null> {
  if (data) return Buffer.from(data, "base64");
  if (!file) return null;
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const why = code === "ENOENT" ? "is not there" : code === "EACCES" ? "may not be read" : `cannot be read (${code})`;
    throw new StowageError("source-unreachable", `${what} ${file} ${why}`, { cause: error });
  }
}
