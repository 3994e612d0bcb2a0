import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

import type { AuditLog } from "../../audit/audit-log.ts";
import type { KubeTunnel } from "../../sources/kubernetes/transport.ts";
import { headOf } from "./answer-status.ts";
import { apiAct } from "./api-act.ts";
import { audited } from "./audited.ts";
import { beginningOf } from "./beginning-of.ts";
import { responseHeaders } from "./forwarded-headers.ts";
import type { Passed } from "./passed.ts";
import { askedOf, baseOf } from "./passed.ts";

const keepAliveMs = 15_000;

/** One upgrade (exec, attach, port-forward …): after its head the bytes of both sides go to the other as they are. */
export async function passTunnel(
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  passed: Passed,
  audit: AuditLog,
  signal: AbortSignal,
): Promise<void> {
  const { asker, source, target } = passed;
  const method = request.method ?? "GET";
  const { intent } = apiAct(method, target, { contentType: "", body: undefined, hasBody: false, isUpgrade: true });
  const ending = await audited(audit, asker.person, intent);
  const began = performance.now();
  let opened: KubeTunnel;
  try {
    opened = await source.transport.openTunnel({
      ...askedOf(request, passed, true, signal),
      protocol: request.headers.upgrade ?? "",
    });
  } catch (thrown) {
    await ending.failed(thrown);
    throw thrown;
  }
  if (opened.type === "answer") {
    const { status, headers, body } = opened.answer;
    const { chunks, text } = await beginningOf(body).catch(() => ({ chunks: [], text: "" }));
    body.destroy();
    await ending.answered(opened.answer, text);
    const bytes = Buffer.concat(chunks);
    const { "content-length": _, ...back } = responseHeaders(headers, baseOf(passed));
    client.write(headOf(status, { ...back, connection: "close", "content-length": String(bytes.length) }));
    client.end(bytes);
    return;
  }
  const { socket, headers } = opened;
  const { "content-security-policy": _, "cache-control": __, ...back } = responseHeaders(headers, "");
  client.write(headOf(101, { ...back, connection: "Upgrade", upgrade: headers["upgrade"] ?? "" }));
  if (opened.head.length > 0) client.write(opened.head);
  if (head.length > 0) socket.write(head);
  await joined(client, socket, signal);
  await ending.closed(Math.round((performance.now() - began) / 1000));
}

/** Both ways until either side is gone. */
function joined(client: Duplex, upstream: Duplex, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      client.destroy();
      upstream.destroy();
      signal.removeEventListener("abort", end);
      resolve();
    };
    // What one side said last is still delivered to the other.
    upstream.once("close", () => (client.writableLength > 0 ? client.end(end) : end()));
    client.once("close", end);
    client.on("error", end);
    upstream.on("error", end);
    signal.addEventListener("abort", end, { once: true });
    if ("setKeepAlive" in client && typeof client.setKeepAlive === "function") client.setKeepAlive(true, keepAliveMs);
    if (client.destroyed || signal.aborted) return end();
    client.pipe(upstream);
    upstream.pipe(client);
  });
}
