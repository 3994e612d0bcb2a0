import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { test } from "node:test";

import { LargeBodies, largeBytes, mostAtOnce } from "./large-bodies.ts";

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;
const response = () => new EventEmitter() as unknown as ServerResponse;
const large = request({ "content-length": String(largeBytes) });

test("so many large bodies at a time are taken of one address, and more when one is over", () => {
  const bodies = new LargeBodies();
  const taken = Array.from({ length: mostAtOnce.ofAddress }, response);
  for (const each of taken) assert.equal(bodies.admit(large, each, "192.0.2.1"), true);
  assert.equal(bodies.admit(large, response(), "192.0.2.1"), false);
  assert.equal(bodies.admit(request({ "transfer-encoding": "chunked" }), response(), "192.0.2.1"), false);
  assert.equal(bodies.admit(request({ "content-length": "10" }), response(), "192.0.2.1"), true, "small ones always");
  assert.equal(bodies.admit(request({}), response(), "192.0.2.1"), true);
  assert.equal(bodies.admit(large, response(), "192.0.2.2"), true, "others have their own");
  taken[0]?.emit("close");
  assert.equal(bodies.admit(large, response(), "192.0.2.1"), true);
});

test("and so many in all", () => {
  const bodies = new LargeBodies();
  const all = Array.from({ length: mostAtOnce.all }, response);
  all.forEach((each, index) => assert.equal(bodies.admit(large, each, `192.0.2.${index}`), true));
  assert.equal(bodies.admit(large, response(), "192.0.2.99"), false);
  for (const each of all) each.emit("close");
  assert.equal(bodies.admit(large, response(), "192.0.2.99"), true);
});
