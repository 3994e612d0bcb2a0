import type { WireError } from "../protocol/error.ts";

/** An answer of the API, or why there is none. */
export type Asked<T> =
  | { readonly value: T; readonly error: null }
  | { readonly value: null; readonly error: WireError };

/** Asks the API. Rejects only when the signal aborts. */
export async function ask<T>(path: string, init: RequestInit): Promise<Asked<T>> {
  let response: Response;
  try {
    response = await fetch(path, { cache: "no-store", ...init });
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown;
    return { value: null, error: { code: "source-unreachable" } };
  }
  const body = (await response.json().catch(() => ({}))) as { results?: unknown; error?: WireError };
  // Results stand by themselves: the status then says only how the worst of them ended.
  if (response.ok || body.results) return { value: body as T, error: null };
  return { value: null, error: body.error ?? { code: "internal" } };
}
