import assert from "node:assert/strict";
import { test } from "node:test";

import { StowageError } from "../../error.ts";
import type { ClusterSource } from "../../sources/kubernetes/cluster-source.ts";
import { StandingStreams } from "./standing.ts";

const stay = () => Promise.resolve(true);

/** A source that knows these tokens, and counts how often it is asked. */
function source(known: Set<string>, away = { now: false }) {
  const asked: string[] = [];
  const postJson: ClusterSource["postJson"] = async (_path, _body, credential) => {
    const token = credential.type === "token" ? credential.token : "";
    asked.push(token);
    if (away.now) throw new StowageError("source-unreachable");
    if (!known.has(token)) throw new StowageError("signed-out");
    return { status: { userInfo: { username: "anna", groups: [] } } };
  };
  return { asked, source: { slug: "prod", postJson } as unknown as ClusterSource };
}

test("a refused token ends everything that it opened, by one question", async () => {
  const known = new Set(["a", "b"]);
  const { asked, source: prod } = source(known);
  const streams = new StandingStreams();
  const ended: string[] = [];
  const open = (token: string, name: string) =>
    streams.add({ source: prod, credential: { type: "token", token }, stands: stay, end: () => ended.push(name) });
  open("a", "a1");
  open("a", "a2");
  open("b", "b1");
  open("b", "b2")();
  await streams.check();
  assert.deepEqual([asked.toSorted(), ended], [["a", "b"], []]);
  known.delete("a");
  await streams.check();
  assert.deepEqual(ended.toSorted(), ["a1", "a2"]);
  await streams.check();
  assert.equal(asked.filter((token) => token === "a").length, 2, "what has ended is not asked about");
  streams.close();
  assert.deepEqual(ended.toSorted(), ["a1", "a2", "b1"]);
});

test("a source that is away ends nothing", async () => {
  const away = { now: true };
  const { source: prod } = source(new Set(["a"]), away);
  const streams = new StandingStreams();
  let ended = false;
  streams.add({ source: prod, credential: { type: "token", token: "a" }, stands: stay, end: () => (ended = true) });
  await streams.check();
  assert.equal(ended, false);
  streams.close();
});

test("a session that is over ends what it opened; the reader's own credential is never asked about", async () => {
  const { asked, source: prod } = source(new Set());
  const streams = new StandingStreams();
  let stands = true;
  const ended = new Promise<void>((end) => {
    streams.add({ source: prod, credential: { type: "reader" }, stands: async () => stands, end });
  });
  await streams.check();
  stands = false;
  await streams.check();
  await ended;
  assert.deepEqual(asked, []);
  streams.close();
});

test("a database that does not answer ends what nobody can vouch for any more; a cluster that is away does not", async () => {
  const { source: prod } = source(new Set(["a"]));
  const streams = new StandingStreams();
  const credential = { type: "token", token: "a" } as const;
  const why = { code: "source-unreachable" as "source-unreachable" | "database-failed" };
  let ended = false;
  const stands = () => Promise.reject(new StowageError(why.code));
  streams.add({ source: prod, credential, stands, end: () => (ended = true) });
  await streams.check();
  assert.equal(ended, false);
  why.code = "database-failed";
  await streams.check();
  assert.equal(ended, true);
  streams.close();
});
