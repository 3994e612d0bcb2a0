import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { PublicState } from "../../lib/protocol/status.ts";
import type { StatusAdmin } from "../../lib/protocol/status-admin.ts";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { VisibleObjects } from "../leaks/visible-objects.ts";
import { runCluster } from "../server/run-cluster.ts";
import { load } from "./load.ts";
import { delay, hysteresis, StatusWorld } from "./status-world.ts";

/** The recorder looks every 5 s, the page's process reads every 2 s; the rest is for a busy machine. */
const slack = 5 + 2 + 8;

describe("the status page of a real cluster", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let world: StatusWorld;
  const began = Date.now();

  before(async () => {
    cluster = await runCluster();
    world = await StatusWorld.start(cluster);
    await turnsTo("operational", 30);
  });
  after(async () => await world?.stop());

  test("the process that serves it has no cluster and no console", async () => {
    for (const path of [
      "/pods",
      "/login",
      "/api/query?kind=pods",
      "/api/status-admin",
      "/api/clusters/x/api",
      "/settings/status",
    ]) {
      assert.equal((await world.page.ask(path)).status, 404, path);
    }
    assert.equal((await world.page.ask("/")).headers["location"], "/status");
    assert.equal((await world.page.ask("/status", { method: "POST" })).status, 405);
    assert.doesNotMatch(world.page.stderr, /kube|source|cluster/i);
    assert.equal(await world.state("fog"), "no-data", "what is not known is not green");
  });

  test("a service is told by its endpoints; one without any is an outage, one that is not there is not known", async () => {
    for (const id of ["jib", "bow"]) await turnsTo("operational", 30, id);
    await turnsTo("major", 30, "keel");
    assert.equal(await world.state("haze"), "no-data");
    const { components } = JSON.parse((await world.console.get("/api/status-admin")).text) as StatusAdmin;
    const counted = (id: string) => components.find(({ component }) => component.id === id)?.parts[0];
    const part = { type: "service", source: `stowage-${cluster.name}`, namespace: "shop" };
    assert.deepEqual(counted("keel"), {
      hidden: false,
      part: { ...part, name: "legacy" },
      healthy: 0,
      total: 1,
      level: "major",
    });
    assert.deepEqual(counted("haze"), { hidden: false, part: { ...part, name: "nowhere" }, unknown: "no-match" });
    const slices = ["get", "endpointslices", "-n", "shop", "-l", "kubernetes.io/service-name=web"];
    const path = "-o=jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].addresses[0]}";
    const ready = (await cluster.kubectl([...slices, path])).trim().split(/\s+/);
    const bow = counted("bow");
    assert.ok(bow && "healthy" in bow && bow.healthy === ready.length, JSON.stringify(bow));
  });

  test("a broken workload turns the public state within the rule's delay, and healing turns it back", async (t) => {
    await world.workload.breakAll();
    const broken = await readyAre(0);
    assert.equal(await world.state("sail"), "operational", "not before the delay");
    const down = await turnsTo("major", delay + slack);
    const since = Date.parse((await world.told()).groups[0]?.components[0]?.since ?? "");
    assert.ok(since - broken >= delay * 1000 - 1_500, `told ${since - broken} ms after nothing was ready`);
    t.diagnostic(`told as major ${((down - broken) / 1000).toFixed(1)} s after nothing was ready`);
    await turnsTo("major", slack, "jib");
    assert.match((await world.page.ask("/status")).text, /<h1>[^<]*(Sailing: major outage|components have trouble)/);
    assert.match((await world.page.ask("/status/badge/sail.svg?lang=ko")).text, /항해: 전체 장애/);
    const [draft] = world.rows("select state, proposed from status_incidents where proposed = 'sail'");
    assert.deepEqual({ ...draft }, { state: "draft", proposed: "sail" });

    await world.workload.heal();
    const healed = await readyAre(4);
    const up = await turnsTo("operational", hysteresis + slack);
    await turnsTo("operational", slack, "jib");
    assert.ok(up - healed >= hysteresis * 1000 - 1_500, `told ${up - healed} ms after all was ready`);
    t.diagnostic(`told as operational ${((up - healed) / 1000).toFixed(1)} s after all was ready`);
  });

  test("an incident goes through its life in public, each step audited", async () => {
    const [proposal] = world.rows("select id from status_incidents where proposed = 'sail'");
    const id = String(proposal?.["id"]);
    const written = { id, title: "We drift", components: ["sail"], phase: "investigating", text: "We look at it." };
    assert.equal((await world.act("incident-publish", { id })).status, 400, "without words");
    assert.equal((await world.act("incident-save", written)).status, 200);
    assert.deepEqual((await world.told()).incidents, [], "a draft is not public");
    assert.equal((await world.act("incident-publish", { id })).status, 200);
    await waitUntil(async () => (await world.page.ask("/status")).text.includes("We drift"), {
      what: "the incident to be public",
      timeoutSeconds: slack,
    });
    assert.equal(
      (await world.act("incident-update", { id, phase: "resolved", text: "The wind is back." })).status,
      200,
    );
    await waitUntil(
      async () => {
        const [incident] = (await world.told()).incidents;
        assert.ok(incident?.resolved);
        assert.deepEqual(
          incident.updates.map(({ phase }) => phase),
          ["resolved", "investigating"],
        );
        return true;
      },
      { what: "the incident to be resolved", timeoutSeconds: slack },
    );
    assert.match((await world.page.ask("/status/feed.xml")).text, /The wind is back\./);
    assert.deepEqual(
      world
        .rows("select verb, outcome from audit where verb like 'incident.%' order by id")
        .map(({ verb, outcome }) => `${String(verb)} ${String(outcome)}`),
      ["incident.publish failed", "incident.save done", "incident.publish done", "incident.update done"],
    );
  });

  test("maintenance is told as such from its start to its end", async () => {
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    const planned = { title: "New sails", components: ["sail"], starts: at(-1), ends: at(3_600) };
    const { status, body } = await world.act("maintenance-plan", planned);
    assert.equal(status, 200);
    await turnsTo("maintenance", slack);
    await world.act("maintenance-cancel", { id: body.id });
    await turnsTo("operational", slack);
  });

  test("uptime equals what follows from the log of turns", async () => {
    await waitUntil(
      async () => {
        // The moment that the figures are of: the document was last written then.
        const [published] = world.rows("select changed from status_published");
        const end = Number(published?.["changed"]);
        const told = (await world.told()).groups[0]?.components.find(({ id }) => id === "sail");
        const expected = uptimeByLog(end);
        assert.ok(told?.uptime != null && Math.abs(told.uptime - expected) <= 0.1, `${told?.uptime} and ${expected}`);
        assert.ok(told.uptime < 100);
        return true;
      },
      { what: "the two to be of the same moment", timeoutSeconds: 40 },
    );
  });

  test("not a byte of the cluster is in anything that is public", async (t) => {
    const hidden = await VisibleObjects.of(cluster, "nobody");
    const own = [world.workload.namespace, `stowage-${cluster.name}`, "example.test", "no-such-source", "127.0.0.1"];
    const paths = ["/status", "/status?lang=ko", "/api/status", "/status/feed.xml", "/status/feed.xml?lang=ko"];
    const html = (await world.page.ask("/status")).text;
    const loaded = [...html.matchAll(/"(\/status\/(?:style|script)-[^"]+)"/g)].map(([, path = ""]) => path);
    const badges = ["sail", "cargo", "jib", "bow", "keel", "haze", "crew", "hulls", "fog"].map(
      (id) => `/status/badge/${id}.svg`,
    );
    let bytes = 0;
    for (const server of [world.page, world.console]) {
      for (const path of [...paths, ...loaded, ...badges, "/status/badge/nothing.svg", "/status/nothing"]) {
        const answer = await server.ask(path);
        const text = `${answer.text}\n${JSON.stringify(answer.headers)}`;
        bytes += text.length;
        assert.deepEqual(hidden.leaksIn(text), [], path);
        for (const string of own) assert.ok(!text.includes(string), `${string} in ${path}`);
      }
    }
    // The same search finds them on the inside, where an admin may see them.
    const inside = (await world.console.get("/api/status-admin")).text;
    assert.ok(inside.includes(world.workload.namespace) && hidden.leaksIn(inside).length > 0);
    t.diagnostic(`${bytes} public bytes searched for ${hidden.hidden.length + own.length} strings`);
  });

  test("it serves a thousand requests a second, of a page of at most 100 KB", async (t) => {
    const { rate, page, whole } = await load(world.page.port, 3_000);
    t.diagnostic(`${Math.round(rate)} requests a second of ${page} bytes; ${whole} bytes with style and script`);
    assert.ok(whole <= 100 * 1024);
    assert.ok(rate >= 1_000, `${rate}`);
  });

  test("when the console is killed the last known state is served, with its age", async () => {
    const before = await world.told();
    await world.console.stop("SIGKILL");
    assert.equal((await world.page.ask("/status")).status, 200);
    await waitUntil(async () => (await world.told()).stale, {
      what: "the state to be known as old",
      timeoutSeconds: 75,
    });
    const html = (await world.page.ask("/status")).text;
    assert.match(html, /<h1>This is the last known state<\/h1>/);
    assert.match(html, /The wind is back/);
    assert.ok((await world.told()).checked >= before.checked);
    assert.match((await world.page.ask("/status/badge/sail.svg")).text, /No data/);
  });

  /** Until so many are ready; when that was, in ms. */
  async function readyAre(ready: number): Promise<number> {
    return await waitUntil(async () => (await world.workload.ready()) === ready && Date.now(), {
      what: `${ready} pods to be ready`,
      timeoutSeconds: 60,
    });
  }

  /** When the public was told, in ms. */
  async function turnsTo(state: PublicState, timeoutSeconds: number, id = "sail"): Promise<number> {
    return await waitUntil(
      async () => {
        assert.equal(await world.state(id), state);
        return Date.now();
      },
      { what: `the public state of ${id} to be ${state}`, timeoutSeconds },
    );
  }

  function uptimeByLog(end: number): number {
    const turns = world.console
      .logged("status.turned")
      .filter(({ component }) => component === "sail")
      .map(({ time, state }) => ({ at: Date.parse(String(time)), state: String(state) }))
      .filter(({ at }) => at >= began && at <= end);
    const lasted = (...states: string[]) =>
      turns.reduce((sum, { at, state }, index) => {
        return sum + (states.includes(state) ? (turns[index + 1]?.at ?? end) - at : 0);
      }, 0);
    const up = lasted("operational", "degraded");
    return (up / (up + lasted("partial", "major"))) * 100;
  }
});
