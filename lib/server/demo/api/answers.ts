import type { ServerResponse } from "node:http";

/** Answers with an object, as an API server does. */
export function sendJson(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
    .end(text);
}

/** Answers with a Status: what went wrong, in the API server's words. */
export function sendStatus(response: ServerResponse, code: number, reason: string, message: string): void {
  sendJson(response, code, statusObject(code, reason, message));
}

export function statusObject(code: number, reason: string, message: string): object {
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code };
}
