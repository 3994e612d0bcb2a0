import { request } from "node:http";

import type { RunningStowage } from "../server/start-stowage.ts";
import { median } from "./figure.ts";

/** Nonce and token of a page are drawn each time, and compress a little differently. */
const samples = 7;

/** What the rows of the first pod page cost as they travel: the page in brotli without the same page with no row in it, in bytes. */
export async function rowsInDocument(stowage: RunningStowage): Promise<{ rows: number; document: number }> {
  const whole: number[] = [];
  const empty: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    whole.push(await transferred(stowage, "/pods"));
    empty.push(await transferred(stowage, "/pods?q=name:nothing-is-called-this"));
  }
  return { rows: median(whole) - median(empty), document: median(whole) };
}

function transferred({ port, token }: RunningStowage, path: string): Promise<number> {
  const headers = { accept: "text/html", "accept-encoding": "br", authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, headers, agent: false });
    sent.on("error", reject);
    sent.on("response", (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => (bytes += chunk.length));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200 && response.headers["content-encoding"] === "br") resolve(bytes);
        else
          reject(
            new Error(`${path} answered ${response.statusCode} in ${response.headers["content-encoding"] ?? "plain"}`),
          );
      });
    });
    sent.end();
  });
}
