import assert from "node:assert/strict";
import { test } from "node:test";

import { testPerson } from "../access/testing/test-person.ts";
import { StowageError } from "../error.ts";
import { setLogLevel } from "../log.ts";
import { auditTerminals } from "./audit-terminals.ts";

setLogLevel("error");

const target = { source: "prod", namespace: "shop", pod: "web-1", container: "web" };
const event = (terminal: string) => ({ terminal, person: testPerson(), target });

function make(fails = false) {
  const said: unknown[] = [];
  let last = 0;
  const audit = auditTerminals({
    begin: async (actor, intent) => {
      if (fails) throw new StowageError("audit-failed");
      said.push([actor.account, intent]);
      return ++last;
    },
    end: async (...ended) => void said.push(ended),
    refused: async (actor, intent, why) => void said.push([actor.account, intent, why]),
  });
  return { audit, said };
}

test("each terminal is one row, from before it opens until it ended", async () => {
  const { audit, said } = make();
  await audit({ ...event("a"), type: "opening" });
  await audit({ ...event("b"), type: "opening" });
  await audit({ ...event("a"), type: "opened", shell: "bash" });
  await audit({ ...event("b"), type: "not-opened", error: { code: "no-shell" } });
  const numbers = { seconds: 1, received: 2, said: 3 };
  await audit({ ...event("a"), type: "ended", end: { type: "exit", code: 1 }, ...numbers });
  await audit({ ...event("a"), type: "ended", end: { type: "left" }, ...numbers });
  const intent = { verb: "exec", source: "prod", kind: "pods", path: "shop/web-1", detail: { container: "web" } };
  assert.deepEqual(said, [
    ["p", intent],
    ["p", intent],
    [2, "failed", "no-shell"],
    [1, "done", null],
  ]);
});

test("what cannot be written is refused", async () => {
  await assert.rejects(make(true).audit({ ...event("a"), type: "opening" }), { code: "audit-failed" });
});

test("one that the cluster does not allow is written down as refused", async () => {
  const { audit, said } = make();
  await audit({ ...event("a"), type: "refused" });
  const intent = { verb: "exec", source: "prod", kind: "pods", path: "shop/web-1", detail: { container: "web" } };
  assert.deepEqual(said, [["p", intent, "the API server does not allow exec"]]);
});
