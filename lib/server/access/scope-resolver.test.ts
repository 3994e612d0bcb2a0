import assert from "node:assert/strict";
import { test } from "node:test";

import { kinds } from "../../kinds/index.ts";
import type { Kind } from "../../kinds/kind.ts";
import { StowageError } from "../error.ts";
import type { Credential, Person } from "./person.ts";
import { ScopeResolver } from "./scope-resolver.ts";
import { testPerson } from "./testing/test-person.ts";

const pods = kindOf("pods");
const nodes = kindOf("nodes");

function kindOf(id: string): Kind {
  const kind = kinds.get(id);
  assert.ok(kind);
  return kind;
}

const token: Credential = { type: "token", token: "t" };
const person = (id: string, credential: Credential | null = token): Person =>
  testPerson({ id, credential: () => credential });

function make(
  allowed: (namespace: string | null, resource: string) => boolean | Error,
  namespaces: readonly string[] = ["shop", "pay", "ops"],
) {
  const asked: string[] = [];
  const clock = { ms: 0 };
  const resolver = new ScopeResolver({
    ask: async (_source, _credential, api, namespace) => {
      asked.push(`${api.resource}:${namespace ?? "*"}`);
      await Promise.resolve();
      const answer = allowed(namespace, api.resource);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    namespaces: () => namespaces,
    now: () => clock.ms,
  });
  return { resolver, asked, clock };
}

test("all namespaces are asked for first, then each; the answer is believed ten seconds and asked once at a time", async () => {
  const { resolver, asked, clock } = make((namespace) => namespace === "shop");
  const [one, two] = await Promise.all([
    resolver.scope(person("a"), "east", pods),
    resolver.scope(person("a"), "east", pods),
  ]);
  assert.deepEqual(one, new Set(["shop"]));
  assert.equal(one, two);
  assert.deepEqual(asked.toSorted(), ["pods:*", "pods:ops", "pods:pay", "pods:shop"]);
  clock.ms = 9_999;
  await resolver.scope(person("a"), "east", pods);
  assert.equal(asked.length, 4);
  clock.ms = 10_000;
  await resolver.scope(person("a"), "east", pods);
  assert.deepEqual(asked.slice(4).toSorted(), ["pods:*", "pods:ops", "pods:pay", "pods:shop"]);
});

test("of very many namespaces those that were refused are left alone for a minute", async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => `n-${index}`);
  const { resolver, asked, clock } = make((namespace) => namespace === "n-7", many);
  await resolver.scope(person("a"), "east", pods);
  assert.equal(asked.length, 1_001);
  clock.ms = 59_999;
  await resolver.scope(person("a"), "east", pods);
  assert.deepEqual(asked.slice(1_001), ["pods:*", "pods:n-7"]);
  clock.ms = 70_000;
  await resolver.scope(person("a"), "east", pods);
  assert.equal(asked.length, 2_004);
});

test("a source that cannot be reached is not waited for again, until it answers", async () => {
  let failure: Error | null = null;
  const { resolver, clock } = make(() => failure ?? true);
  const one = person("a");
  await resolver.answer(one, "east", pods);
  assert.equal(resolver.atOnce(one, "east", pods), null);
  clock.ms = 20_000;
  failure = new StowageError("source-unreachable");
  await resolver.answer(one, "east", pods);
  assert.deepEqual(resolver.atOnce(one, "east", pods), { scope: "all", trouble: { code: "source-unreachable" } });
  assert.deepEqual(resolver.atOnce(person("new"), "east", pods)?.scope, new Set(), "nobody new on an old answer");
  assert.equal(resolver.atOnce(one, "west", pods), null);
  failure = null;
  await resolver.answer(one, "east", pods);
  assert.equal(resolver.atOnce(one, "east", pods), null);
});

test("people, sources and kinds are kept apart; cluster-scoped kinds are all or nothing", async () => {
  const { resolver, asked } = make((namespace, resource) => resource === "nodes" || namespace === "pay");
  assert.equal(await resolver.scope(person("a"), "east", nodes), "all");
  assert.deepEqual(await resolver.scope(person("a"), "east", pods), new Set(["pay"]));
  await resolver.scope(person("b"), "east", nodes);
  await resolver.scope(person("a"), "west", nodes);
  assert.equal(asked.filter((word) => word === "nodes:*").length, 3);
  const { resolver: other } = make((_namespace, resource) => resource !== "nodes");
  assert.deepEqual(await other.scope(person("a"), "east", nodes), new Set());
});

test("somebody without a credential for the source sees nothing, and nobody is asked", async () => {
  const { resolver, asked } = make(() => true);
  assert.deepEqual(await resolver.scope(person("a", null), "east", pods), new Set());
  assert.deepEqual(asked, []);
});

test("an outage keeps what was known; a refused token sees nothing; the reader's own trouble is the source's", async () => {
  let failure: Error | null = null;
  const { resolver, clock } = make(() => failure ?? true);
  const reader = person("reader", { type: "reader" });
  await resolver.answer(person("a"), "east", pods);
  await resolver.answer(reader, "east", pods);
  clock.ms = 20_000;
  failure = new StowageError("source-unreachable", "refused");
  assert.deepEqual(await resolver.answer(person("a"), "east", pods), {
    scope: "all",
    trouble: { code: "source-unreachable", detail: "refused" },
  });
  assert.deepEqual(
    (await resolver.answer(person("new"), "east", pods)).scope,
    new Set(),
    "nobody new on the strength of an old answer",
  );
  failure = new StowageError("signed-out");
  assert.deepEqual((await resolver.answer(person("a"), "east", pods)).scope, new Set());
  assert.equal((await resolver.answer(reader, "east", pods)).scope, "all");
  clock.ms = 3_700_000;
  assert.deepEqual((await resolver.answer(reader, "east", pods)).scope, new Set(), "not for ever");
});
