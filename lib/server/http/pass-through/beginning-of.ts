import type { Readable } from "node:stream";

/** An error of the API server's is some hundred bytes. */
const most = 64 * 1024;

/** The first bytes of a body, and whether they are all; what is left can be read on. By events: see readBody. */
export function beginningOf(body: Readable): Promise<{ chunks: Buffer[]; whole: boolean; text: string }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const done = (whole: boolean) => {
      body.off("data", onData).off("end", onEnd).off("error", reject);
      if (!whole) body.pause();
      resolve({ chunks, whole, text: Buffer.concat(chunks).toString("utf8") });
    };
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > most) done(false);
    };
    const onEnd = () => done(true);
    body.on("data", onData).once("end", onEnd).once("error", reject);
  });
}
