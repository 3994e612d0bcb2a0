import { request as requestHttp } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";

/** An API server as the contract sees it: where it is, how to get in, and where there is a pod that has written a log. */
export type ApiDoor = {
  baseUrl: string;
  token?: string;
  ca?: string;
  /** A namespace with running pods of a deployment, and the label `app.kubernetes.io/name` of one of them. */
  namespace: string;
  app: string;
  container: string;
};

export type Answer = { status: number; text: string };

/** A body is sent as JSON, or as it is when it is text; with one, the method is POST unless it is said. */
type Asked = { accept?: string; body?: unknown; method?: string; contentType?: string };

/** Sends a request and gives the answer as it comes. */
function open(
  door: ApiDoor,
  path: string,
  { accept, body, method, contentType = "application/json" }: Asked = {},
): Promise<IncomingMessage> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const send = door.baseUrl.startsWith("https:") ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(`${door.baseUrl}${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        accept: accept ?? "application/json",
        ...(door.token === undefined ? {} : { authorization: `Bearer ${door.token}` }),
        ...(body === undefined
          ? {}
          : { "content-type": contentType, "content-length": String(Buffer.byteLength(text)) }),
      },
      ca: door.ca,
      agent: false,
    });
    request.once("response", resolve).once("error", reject);
    request.end(body === undefined ? undefined : text);
  });
}

export async function ask(door: ApiDoor, path: string, asked: Asked = {}): Promise<Answer> {
  const response = await open(door, path, asked);
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return { status: response.statusCode ?? 0, text };
}

/** The answer's JSON; throws for any status but 200 and 201. */
export async function json<T>(door: ApiDoor, path: string, asked: Asked = {}): Promise<T> {
  const { status, text } = await ask(door, path, asked);
  if (status !== 200 && status !== 201) throw new Error(`${path} answered ${status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

/** The lines of a stream until `enough`; the connection is then closed. */
export async function lines<T>(door: ApiDoor, path: string, enough: (line: T) => boolean): Promise<T[]> {
  const response = await open(door, path);
  const heard: T[] = [];
  let rest = "";
  try {
    for await (const chunk of response.setEncoding("utf8")) {
      const parts = (rest + chunk).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) {
        const line = JSON.parse(part) as T;
        heard.push(line);
        if (enough(line)) return heard;
      }
    }
    return heard;
  } finally {
    response.destroy();
  }
}
