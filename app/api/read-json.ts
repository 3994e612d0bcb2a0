import type { WireError } from "@/lib/protocol/error";

/** The JSON of a request's body, or why there is none. More than `maxBytes` are not read. */
export async function readJson(
  request: Request,
  maxBytes: number,
): Promise<{ body: unknown; error: null } | { body: null; error: WireError }> {
  // A form of another site can send text, and never this type without asking first.
  if (!/^application\/json\b/.test(request.headers.get("content-type") ?? ""))
    return { body: null, error: { code: "bad-request", detail: "the body has to be application/json" } };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader?.cancel();
      return { body: null, error: { code: "too-large", detail: `the body is longer than ${maxBytes} bytes` } };
    }
    chunks.push(part.value);
  }
  try {
    return { body: JSON.parse(Buffer.concat(chunks).toString("utf8")), error: null };
  } catch {
    return { body: null, error: { code: "bad-request", detail: "the body is not JSON" } };
  }
}
