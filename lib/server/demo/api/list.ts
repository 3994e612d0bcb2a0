import type { ServerResponse } from "node:http";

import type { KubeObject } from "../../../protocol/object.ts";
import { sendJson, sendStatus } from "./answers.ts";
import { badRequest } from "./fault.ts";
import { selects } from "./selectors.ts";
import type { Store } from "./store.ts";
import type { Target } from "./parse-target.ts";
import { groupVersion } from "./resources.ts";
import { tableOf } from "./table.ts";

/** `GET` of a list: in pages with `limit` and `continue`, filtered by selectors, as objects or as a Table. */
export function sendList(
  response: ServerResponse,
  store: Store,
  target: Target,
  query: URLSearchParams,
  accept: string,
  now: number,
): void {
  const { resource, namespace } = target;
  const start = startOf(query.get("continue"));
  if (start === null) return sendStatus(response, 400, "BadRequest", "continue key is not valid");
  const all = store.list(resource, namespace).filter((object) => selects(query, object));
  const asked = query.get("limit") ?? "";
  if (!/^\d*$/.test(asked)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(asked)}: invalid syntax`);
  const limit = Number(asked) || all.length;
  const page = all.slice(start, start + limit);
  const left = all.length - start - page.length;
  const metadata = {
    resourceVersion: String(store.version),
    ...(left > 0
      ? { continue: Buffer.from(String(start + limit)).toString("base64url"), remainingItemCount: left }
      : {}),
  };
  if (wantsTable(accept)) {
    const table = tableOf(resource, page, String(store.version), query.get("includeObject") ?? "Metadata", now);
    return sendJson(response, 200, { ...table, metadata });
  }
  const items = page.map(({ apiVersion: _apiVersion, kind: _kind, ...item }: KubeObject) => item);
  sendJson(response, 200, { kind: `${resource.kind}List`, apiVersion: groupVersion(resource), metadata, items });
}

export function wantsTable(accept: string): boolean {
  return /as=Table/.test(accept);
}

function startOf(token: string | null): number | null {
  if (token === null || token === "") return 0;
  const start = Number(Buffer.from(token, "base64url").toString("utf8"));
  return Number.isInteger(start) && start >= 0 ? start : null;
}
