import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { test } from "node:test";

import { objectBody } from "./request-body.ts";

/** What is read of a request here: a stream, and headers. */
function incoming(headers: Record<string, string> = {}): IncomingMessage & PassThrough {
  return Object.assign(new PassThrough(), { headers }) as unknown as IncomingMessage & PassThrough;
}

test("a body is read whole, and never beyond its bound", async () => {
  const request = incoming();
  const { signal } = new AbortController();
  const read = objectBody(request, signal);
  request.write("ab");
  request.end("c");
  assert.equal((await read).toString(), "abc");
  const large = objectBody(incoming({ "content-length": String(64 * 1024 * 1024) }), signal);
  await assert.rejects(large, { code: "too-large" });
});

test("a client that went away is not waited for, whenever it went", async () => {
  const { signal } = new AbortController();
  const gone = incoming();
  gone.destroy();
  await new Promise((resolve) => gone.once("close", resolve));
  await assert.rejects(objectBody(gone, signal), { code: "bad-request" });

  const going = incoming();
  const cut = objectBody(going, signal);
  going.destroy();
  await assert.rejects(cut, { code: "bad-request" });

  const ending = new AbortController();
  const aborted = objectBody(incoming(), ending.signal);
  ending.abort();
  await assert.rejects(aborted, { code: "bad-request" });
});
