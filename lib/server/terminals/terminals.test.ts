import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";

import { testPerson } from "../access/testing/test-person.ts";
import { StowageError } from "../error.ts";
import { setLogLevel } from "../log.ts";
import { serveExec } from "../sources/kubernetes/testing/exec-server.ts";
import type { ServedExec } from "../sources/kubernetes/testing/exec-server.ts";
import { answerJson } from "../sources/kubernetes/testing/test-api-server.ts";
import { startCluster } from "../sources/kubernetes/testing/test-cluster.ts";
import { until } from "../sources/kubernetes/testing/until.ts";
import { clusterShells } from "./shell-host.ts";
import type { TerminalEvent } from "./terminal-event.ts";
import { maxTerminals, Terminals } from "./terminals.ts";
import type { TerminalQuestion, TerminalViewer } from "./terminals.ts";

setLogLevel("error");

const question: TerminalQuestion = {
  t: "terminal",
  id: 1,
  source: "test",
  namespace: "shop",
  pod: "web-1",
  container: "web",
  cols: 80,
  rows: 24,
};

/** A cluster whose containers have ash, with a right that a test gives and takes. */
async function make(context: TestContext) {
  const world = { allowed: true, stands: true, auditFails: false };
  const shells: ServedExec[] = [];
  const events: TerminalEvent[] = [];
  const cluster = await startCluster(
    (_request, response) => answerJson(response, 201, { status: { allowed: world.allowed } }),
    serveExec((exec) => {
      if (exec.command.at(-1)?.includes("command -v")) {
        exec.say(1, "ash\n");
        exec.exit(0);
      } else shells.push(exec);
    }),
  );
  const terminals = new Terminals(async (event) => {
    if (world.auditFails) throw new StowageError("internal", "the disk is full");
    events.push(event);
  });
  context.after(async () => {
    await terminals.dispose();
    await cluster.close();
  });
  const host = clusterShells(cluster.source, { type: "token", token: "t" });
  const viewer = (id = "p"): TerminalViewer => ({
    person: testPerson({ id, account: id }),
    host,
    stands: () => world.stands,
  });
  const open = (who = viewer(), asked: Partial<TerminalQuestion> = {}) =>
    terminals.feed(who, { ...question, ...asked });
  return { world, shells, events, terminals, viewer, open, server: cluster.server };
}

test("a terminal is written down before it is opened, and when it ends", async (context) => {
  const { open, shells, events } = await make(context);
  const feed = await open();
  const opened = feed.next();
  assert.equal(opened?.t === "opened" && opened.shell, "ash");
  await until(() => shells.length === 1);
  shells[0]?.exit(4);
  await until(() => events.length === 3);
  assert.deepEqual(
    events.map(({ type }) => type),
    ["opening", "opened", "ended"],
  );
  const [, , last] = events;
  assert.deepEqual(last?.type === "ended" && last.end, { type: "exit", code: 4 });
  assert.equal(JSON.stringify(events).includes(opened?.t === "opened" ? opened.token : "none"), false);
});

test("what cannot be written down is not opened, and nothing is asked of the container", async (context) => {
  const { open, world, server, shells } = await make(context);
  world.auditFails = true;
  await assert.rejects(open(), { code: "internal", detail: "the disk is full" });
  world.auditFails = false;
  world.allowed = false;
  await assert.rejects(open(), { code: "forbidden" });
  assert.deepEqual(
    server.seen.filter(({ url }) => url.includes("/exec")),
    [],
  );
  assert.equal(shells.length, 0);
});

test("a token leads back for whoever has opened it, to that container, while the right lasts", async (context) => {
  const { open, viewer, world } = await make(context);
  const feed = await open();
  const opened = feed.next();
  assert.ok(opened?.t === "opened");
  const resume = { token: opened.token, from: 0 };
  await assert.rejects(open(viewer("other"), { resume }), { code: "gone" });
  await assert.rejects(open(viewer(), { resume, container: "other" }), { code: "gone" });
  await assert.rejects(open(viewer(), { resume: { token: "x", from: 0 } }), { code: "gone" });
  await open(viewer(), { resume });
  world.allowed = false;
  await assert.rejects(open(viewer(), { resume }), { code: "forbidden" });
  world.allowed = true;
  await assert.rejects(open(viewer(), { resume }), { code: "gone" });
});

test("there are only so many for one person, and others have theirs", async (context) => {
  const { open, viewer } = await make(context);
  const asked = await Promise.allSettled(Array.from({ length: maxTerminals.each + 1 }, () => open()));
  const refused = asked.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  assert.deepEqual(
    refused.map(({ code }) => code),
    ["too-many"],
  );
  await open(viewer("other"));
});

test("a session that ends ends its terminals", async (context) => {
  const { open, world, terminals, events } = await make(context);
  const feed = await open();
  feed.next();
  terminals.recheckSessions();
  world.stands = false;
  terminals.recheckSessions();
  assert.throws(
    () => {
      for (let said = feed.next(); said; said = feed.next());
    },
    { code: "signed-out" },
  );
  await until(() => events.at(-1)?.type === "ended");
});
