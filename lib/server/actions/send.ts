import type { KubeObject } from "../../protocol/object.ts";
import type { Credential } from "../access/person.ts";
import { StowageError } from "../error.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import { errorOfAnswer } from "../sources/kubernetes/kube-error.ts";
import { readBody, readSome } from "../sources/kubernetes/read-body.ts";
import { ApiRefusal, causesIn } from "./api-refusal.ts";

/** Where a request goes and as whom: always the person who asked. */
export type Sender = { readonly source: ClusterSource; readonly credential: Credential };

export type Sending = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Of the body; plain JSON by default. */
  readonly type?: "merge-patch" | "json-patch" | "apply-patch";
  readonly accept?: string;
};

export type Sent = { readonly status: number; readonly object: KubeObject; readonly warnings: readonly string[] };

const types = {
  "merge-patch": "application/merge-patch+json",
  "json-patch": "application/json-patch+json",
  // Server-side apply takes YAML, of which JSON is a part.
  "apply-patch": "application/apply-patch+yaml",
};

const maxAnswer = 32 * 1024 * 1024;
const maxRefusal = 256 * 1024;

/** One request and its JSON. Throws ApiRefusal for any answer but success, and what Transport.request throws. */
export async function send({ source, credential }: Sender, sending: Sending): Promise<Sent> {
  const { method, path, query = {}, body, type, accept } = sending;
  const asked = new URLSearchParams(query).toString();
  const response = await source.transport.request({
    method,
    path: asked === "" ? path : `${path}?${asked}`,
    credential,
    headers: {
      ...(accept === undefined ? {} : { accept }),
      ...(body === undefined ? {} : { "content-type": type ? types[type] : "application/json" }),
    },
    ...(body === undefined ? {} : { body: yamlSafe(JSON.stringify(body)) }),
  });
  const { status, headers } = response;
  if (status < 200 || status >= 300) {
    // The status is what counts: an error text that cannot be read is left out.
    const text = await readSome(response.body, maxRefusal).catch(() => "");
    const { code, detail } = errorOfAnswer(status, headers, text);
    throw new ApiRefusal(
      status === 409 ? "conflict" : status === 422 ? "invalid" : code,
      detail,
      status,
      causesIn(text),
    );
  }
  const text = (await readBody(response.body, maxAnswer)).toString("utf8");
  try {
    return { status, object: JSON.parse(text) as KubeObject, warnings: warningsIn(headers["warning"] ?? "") };
  } catch {
    throw new StowageError("source-refused", "the answer is not JSON");
  }
}

/** The object, or null where it is not there or not for this person to read: what is asked for then has to do without. */
export async function readIfAllowed(sender: Sender, path: string): Promise<KubeObject | null> {
  try {
    return (await send(sender, { method: "GET", path })).object;
  } catch (thrown) {
    if (thrown instanceof ApiRefusal && (thrown.code === "not-found" || thrown.code === "forbidden")) return null;
    throw thrown;
  }
}

/** `299 - "text", 299 - "text"` as RFC 7234 has it. */
function warningsIn(header: string): string[] {
  return [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text.replace(/\\(.)/g, "$1"));
}

/** JSON allows some control characters that YAML does not: those go as escapes. */
function yamlSafe(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
