import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";

export type Asked = {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Where the server is; on loopback unless this is given. */
  address?: string;
};
export type Answer = { status: number; headers: IncomingHttpHeaders; text: string; milliseconds: number };

/** Sends a request target as it is, unlike `fetch`, which tidies `..` and refuses Host; never follows a redirect. */
export function sendRequest(
  port: number,
  path: string,
  { method = "GET", headers = {}, body, address = "127.0.0.1" }: Asked = {},
): Promise<Answer> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const length: Record<string, string> =
      body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request({ host: address, port, path, method, headers: { ...length, ...headers }, agent: false });
    sent.on("error", reject);
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString("utf8"),
          milliseconds: Math.round(performance.now() - began),
        }),
      );
    });
    sent.end(body);
  });
}
