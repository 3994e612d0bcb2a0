import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { maxEventBytes } from "../../lib/server/watch/lines.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { sleep } from "../cluster/wait-until.ts";
import { ApiProxy } from "./api-proxy.ts";
import type { LineRule, ProxyAnswer } from "./api-proxy.ts";
import { FaultWorld, watched } from "./fault-world.ts";
import type { Report } from "./fault-world.ts";

/** One Stowage behind a proxy that does to it what proxies and busy servers do. */
export class SpoiltAnswers {
  private readonly proxy: ApiProxy;
  private readonly world: FaultWorld;

  private constructor(proxy: ApiProxy, world: FaultWorld) {
    this.proxy = proxy;
    this.world = world;
  }

  static async open(cluster: Cluster): Promise<SpoiltAnswers> {
    const proxy = await ApiProxy.start(cluster.server, readFileSync(cluster.caFile));
    return new SpoiltAnswers(proxy, await FaultWorld.open(cluster, { via: proxy }));
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.proxy.close();
  }

  /** The server refuses everything for a while. `retryAfter` is in seconds. */
  async refused(report: Report, { status, retryAfter }: { status: number; retryAfter?: number }): Promise<void> {
    const { proxy, world } = this;
    world.audit.mark();
    const refusal: ProxyAnswer = {
      status,
      headers: retryAfter === undefined ? {} : { "retry-after": String(retryAfter) },
      body: JSON.stringify({
        kind: "Status",
        apiVersion: "v1",
        status: "Failure",
        code: status,
        message: `made to say ${status}`,
      }),
    };
    const stale = world.become("stale", 10);
    proxy.rule = () => refusal;
    const from = proxy.seen.length;
    proxy.cut();
    const seconds = await stale;
    assert.ok(seconds <= 2, "stale within two seconds");
    const rows = world.views.map((view) => view.keys.length);
    await sleep(8_000);
    const asked = proxy.seen.slice(from);
    proxy.rule = () => undefined;
    assert.deepEqual(
      world.views.map((view) => view.keys.length),
      rows,
      "the rows stay",
    );
    for (const kind of watched) {
      const times = asked.filter(({ url }) => isWatchOf(url, kind.api?.resource ?? "")).map(({ at }) => at);
      assert.ok(times.length <= 8, `${times.length} attempts at ${kind.id} within 8 s`);
      if (retryAfter !== undefined)
        assert.ok(shortest(times.slice(1)) >= retryAfter * 1000 - 100, "waits as long as it is asked to");
    }
    const live = await world.become("live", 20);
    await world.disturb();
    const equal = await world.converge();
    const perMinute = Math.round(asked.length * (60 / 8));
    report(
      `${status}: stale after ${seconds.toFixed(2)} s, ${perMinute} requests a minute of all sorts, live ${live.toFixed(1)} s after its end, equal after ${equal.toFixed(1)} s more`,
    );
    assert.ok(perMinute <= 400, "no storm");
    await world.check(report, { rereads: 1 });
  }

  /** One line of the pods' watch is spoilt on its way. */
  async spoiltLine(report: Report, what: "cut" | "corrupt" | "too long"): Promise<void> {
    const { proxy, world } = this;
    world.audit.mark();
    let spoilt = 0;
    proxy.lineRule = (line, { url }) => {
      if (!isWatchOf(url, "pods") || !line.includes('"type":"MODIFIED"')) return line;
      spoilt += 1;
      proxy.lineRule = null;
      return spoil[what](line, { url, method: "GET", at: 0 });
    };
    await world.disturb();
    const equal = await world.converge();
    assert.equal(spoilt, 1, "a line was spoilt");
    if (what !== "cut") {
      const troubles = world.stowage.logged("watch.trouble").filter(({ resource }) => resource === "pods");
      assert.ok(troubles.length > 0, "and was noticed");
    }
    await world.become("live", 10);
    report(`a line ${what}: equal after ${equal.toFixed(1)} s`);
    await world.check(report, { rereads: 1 });
  }

  /** Access reviews take their time: what people see stays meanwhile. */
  async slowReviews(report: Report): Promise<void> {
    const { proxy, world } = this;
    const before = world.views.map(({ snapshots }) => snapshots);
    const from = proxy.seen.length;
    proxy.rule = ({ url }) => (url.includes("selfsubjectaccessreviews") ? { delay: 1_500 } : undefined);
    // Longer than an answer is believed and the next asking together.
    await sleep(16_000);
    proxy.rule = () => undefined;
    const reviews = proxy.seen.slice(from).filter(({ url }) => url.includes("selfsubjectaccessreviews")).length;
    assert.ok(reviews > 0, "rights were asked again");
    assert.deepEqual(
      world.views.map(({ snapshots }) => snapshots),
      before,
      "and nothing was taken from the screen for it",
    );
    report(`${reviews} reviews of 1.5 s each changed nothing`);
  }
}

const spoil: Record<"cut" | "corrupt" | "too long", LineRule> = {
  cut: (line) => ({ endAfter: line.slice(0, line.length / 2) }),
  corrupt: (line) => line.replace('"type":"MODIFIED"', '"type":"MODIF\u0000ED'),
  "too long": () => `{"type":"MODIFIED","object":"${"x".repeat(maxEventBytes)}"}`,
};

function isWatchOf(url: string, resource: string): boolean {
  return new RegExp(`/${resource}\\?.*watch=true`).test(url);
}

function shortest(times: readonly number[]): number {
  return Math.min(Infinity, ...times.slice(1).map((time, index) => time - (times[index] ?? time)));
}
