import assert from "node:assert/strict";
import { test } from "node:test";

import { parseChallenge } from "./challenge.ts";

test("a bearer challenge gives realm, service and scope", () => {
  assert.deepEqual(
    parseChallenge(
      'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push"',
    ),
    {
      scheme: "bearer",
      realm: "https://auth.example/token",
      service: "registry.example",
      scope: "repository:a/b:pull,push",
    },
  );
});

test("of several the bearer one is taken, in any order and case", () => {
  const bearer = { scheme: "bearer", realm: "https://a/t", service: null, scope: null };
  assert.deepEqual(parseChallenge('Basic realm="r", bearer REALM="https://a/t"'), bearer);
  assert.deepEqual(parseChallenge('BEARER realm = "https://a/t" , Basic realm="r"'), bearer);
  assert.deepEqual(parseChallenge("Basic"), { scheme: "basic" });
});

test("quoted quotes stay inside, and what is no challenge is none", () => {
  assert.deepEqual(parseChallenge('Bearer realm="https://a/\\"t", service="x,y"'), {
    scheme: "bearer",
    realm: 'https://a/"t',
    service: "x,y",
    scope: null,
  });
  for (const header of [undefined, "", "Digest realm=x", 'Bearer realm="', "Bearer", "=,=,", '"', "x".repeat(9_000)]) {
    assert.equal(parseChallenge(header), null, String(header).slice(0, 30));
  }
});
