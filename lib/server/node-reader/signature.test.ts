import assert from "node:assert/strict";
import { test } from "node:test";

import { isAnswerSigned, newNonce, RequestCheck, signAnswer, signRequest } from "./signature.ts";

const secret = "a secret of at least thirty-two characters";
const target = "/v1/disk?node=real-1";

function signed(over: Partial<Parameters<typeof signRequest>[1]> = {}, by = secret): string {
  return signRequest(by, { method: "GET", target, at: 1_000_000, nonce: newNonce(), ...over });
}

test("a signed request is served once", () => {
  const check = new RequestCheck(secret, () => 1_000_000);
  const header = signed({ nonce: "n".repeat(24) });
  assert.deepEqual(check.check("GET", target, header), { nonce: "n".repeat(24) });
  assert.deepEqual(check.check("GET", target, header), { refused: "replayed" });
  assert.ok("nonce" in check.check("GET", target, signed()));
});

test("a signature is for one method, one target, one time and one secret", () => {
  const check = new RequestCheck(secret, () => 1_000_000);
  assert.deepEqual(check.check("HEAD", target, signed()), { refused: "wrong" });
  assert.deepEqual(check.check("GET", "/v1/disk?node=real-2", signed()), { refused: "wrong" });
  assert.deepEqual(check.check("GET", target, signed({}, `${secret}!`)), { refused: "wrong" });
  assert.deepEqual(check.check("GET", target, signed().replace("time=1000000", "time=1000001")), { refused: "wrong" });
  for (const header of [undefined, "", "Bearer abc", signed().slice(0, -1), `${signed()}, more=1`])
    assert.deepEqual(check.check("GET", target, header), { refused: "unsigned" });
});

test("clocks may be a minute apart, in both directions, and no more", () => {
  const check = new RequestCheck(secret, () => 1_000_000);
  assert.ok("nonce" in check.check("GET", target, signed({ at: 940_000 })));
  assert.ok("nonce" in check.check("GET", target, signed({ at: 1_060_000 })));
  assert.deepEqual(check.check("GET", target, signed({ at: 939_999 })), { refused: "stale" });
  assert.deepEqual(check.check("GET", target, signed({ at: 1_060_001 })), { refused: "stale" });
});

test("a nonce is remembered for as long as its signature is good", () => {
  let now = 1_000_000;
  const check = new RequestCheck(secret, () => now);
  const header = signed({ at: 1_060_000 });
  assert.ok("nonce" in check.check("GET", target, header));
  now = 1_120_000;
  assert.deepEqual(check.check("GET", target, header), { refused: "replayed" });
  now = 1_120_001;
  assert.deepEqual(check.check("GET", target, header), { refused: "stale" });
});

test("more signed requests than a reader remembers are refused, until the oldest are forgotten", () => {
  let now = 1_000_000;
  const check = new RequestCheck(secret, () => now);
  for (let count = 0; count < 10_000; count += 1) assert.ok("nonce" in check.check("GET", target, signed()));
  assert.deepEqual(check.check("GET", target, signed()), { refused: "busy" });
  now += 120_001;
  assert.ok("nonce" in check.check("GET", target, signed({ at: now })));
});

test("an answer is signed for one request, its status and its bytes", () => {
  const body = Buffer.from('{"node":"real-1"}');
  const answer = { nonce: "n1", status: 200, body, signature: signAnswer(secret, "n1", 200, body) };
  assert.ok(isAnswerSigned(secret, answer));
  assert.ok(!isAnswerSigned(secret, { ...answer, nonce: "n2" }));
  assert.ok(!isAnswerSigned(secret, { ...answer, status: 502 }));
  assert.ok(!isAnswerSigned(secret, { ...answer, body: Buffer.from("{}") }));
  assert.ok(!isAnswerSigned(secret, { ...answer, signature: null }));
  assert.ok(!isAnswerSigned(`${secret}!`, answer));
});
