import type { Readable } from "node:stream";
import { StowageError } from "../../error.ts";

/** Reads a body whole. Throws `too-large` beyond `maxBytes` and lets go of the stream. */
export async function readBody(body: Readable, maxBytes: number): Promise<Buffer> {
  const { chunks, length, whole } = await collect(body, maxBytes);
  if (!whole) throw new StowageError("too-large", `the answer is larger than ${Math.round(maxBytes / 1024)} KiB`);
  return Buffer.concat(chunks, length);
}

/** As much text as an error needs. */
export async function readSome(body: Readable, maxBytes: number): Promise<string> {
  const { chunks } = await collect(body, maxBytes);
  return Buffer.concat(chunks).subarray(0, maxBytes).toString("utf8");
}

type Collected = { chunks: Buffer[]; length: number; whole: boolean };

/**
 * Up to `maxBytes` and the chunk that goes beyond them. By events and not by `for await`: Node takes an HTTP/2 stream that the server
 * has ended before anybody began to read it for one that was cut, and throws its answer away.
 */
function collect(body: Readable, maxBytes: number): Promise<Collected> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    body.on("data", (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= maxBytes) return;
      resolve({ chunks, length, whole: false });
      body.destroy();
    });
    body.once("end", () => resolve({ chunks, length, whole: true }));
    body.once("error", reject);
    // Destroyed by somebody, with nothing said.
    body.once("close", () => reject(new Error("the answer was cut")));
    if (body.destroyed) reject(body.errored ?? new Error("the answer was cut"));
  });
}
