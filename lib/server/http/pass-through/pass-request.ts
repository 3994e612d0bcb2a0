import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

import type { AuditLog } from "../../audit/audit-log.ts";
import type { KubeResponse } from "../../sources/kubernetes/transport.ts";
import { apiAct } from "./api-act.ts";
import { audited } from "./audited.ts";
import { beginningOf } from "./beginning-of.ts";
import { responseHeaders } from "./forwarded-headers.ts";
import type { Passed } from "./passed.ts";
import { askedOf, baseOf } from "./passed.ts";
import { hasBody, sentObject, objectBody, proxiedBody } from "./request-body.ts";

const unread = { chunks: [], whole: false, text: "" };

/** One request and its answer, which is streamed. Throws when there is none, or when it breaks off. */
export async function passRequest(
  request: IncomingMessage,
  response: ServerResponse,
  passed: Passed,
  audit: AuditLog,
  signal: AbortSignal,
): Promise<void> {
  const { asker, source, target } = passed;
  const method = request.method ?? "GET";
  const contentType = request.headers["content-type"] ?? "";
  const seen = { contentType, hasBody: hasBody(request), isUpgrade: false };
  const unseen = apiAct(method, target, { ...seen, body: undefined });
  const proxied = seen.hasBody && unseen.isProxy ? proxiedBody(request) : null;
  const object = seen.hasBody && !unseen.isProxy ? await objectBody(request, signal) : null;
  const { intent } =
    object === null ? unseen : apiAct(method, target, { ...seen, body: sentObject(object, contentType) });
  const ending = await audited(audit, asker.person, intent);
  const body = object ?? proxied;
  let answer: KubeResponse;
  try {
    answer = await source.transport.request({
      ...askedOf(request, passed, false, signal),
      ...(body === null ? {} : { body }),
    });
  } catch (thrown) {
    await ending.failed(thrown);
    throw thrown;
  }
  // An error that breaks off is still an error whose status is known.
  const begun = intent && answer.status >= 400 ? await beginningOf(answer.body).catch(() => unread) : unread;
  await ending.answered(answer, begun.text);
  response.writeHead(answer.status, responseHeaders(answer.headers, baseOf(passed)));
  // A watch or a log that is silent at first is nevertheless open.
  response.flushHeaders();
  for (const chunk of begun.chunks) response.write(chunk);
  if (begun.whole) response.end();
  else await pipeline(answer.body, response);
}
