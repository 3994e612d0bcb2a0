import { after, before, describe, test } from "node:test";

import { missing } from "../../tools/real-parts.ts";
import { startCluster } from "../cluster/cluster.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { apiServerKilled } from "./api-server-killed.ts";
import { connectionCut, halfOpen } from "./connection-lost.ts";
import { historyGone } from "./history-gone.ts";
import { severalClusters } from "./several-clusters.ts";
import { SpoiltAnswers } from "./spoilt-answers.ts";
import { withoutWatchList } from "./without-watch-list.ts";

/** A cluster that nobody else uses: its parts are killed. */
const options = { name: "faults", node: false, seed: false, fakeNodes: 8, fakePods: 200 };

describe(
  "whatever breaks, the screen says stale, comes back by itself and is right",
  { skip: missing("own-cluster") },
  () => {
    let cluster: Cluster;
    before(async () => {
      cluster = await startCluster({ ...options, featureGates: {} });
    });
    after(async () => {
      await cluster?.down({ wipe: true });
    });

    test("kube-apiserver killed with -9", (t) => apiServerKilled(cluster, (line) => t.diagnostic(line)));
    test("the connection cut", (t) => connectionCut(cluster, (line) => t.diagnostic(line)));
    test("etcd compacted while the watch is cut", (t) => historyGone(cluster, (line) => t.diagnostic(line)));

    // These break nothing but their own way to the cluster, and wait for most of their time.
    describe("between the two", { concurrency: true }, () => {
      test("the connection dead without a reset", (t) => halfOpen(cluster, (line) => t.diagnostic(line)));
      test("answers refused, lines spoilt, reviews slow", async (t) => {
        const report = (line: string) => t.diagnostic(line);
        const spoilt = await SpoiltAnswers.open(cluster);
        try {
          await t.test("429 with Retry-After", () => spoilt.refused(report, { status: 429, retryAfter: 2 }));
          await t.test("401", () => spoilt.refused(report, { status: 401 }));
          await t.test("a line cut in the middle", () => spoilt.spoiltLine(report, "cut"));
          await t.test("a line corrupted", () => spoilt.spoiltLine(report, "corrupt"));
          await t.test("a line beyond the bound", () => spoilt.spoiltLine(report, "too long"));
          await t.test("slow access reviews", () => spoilt.slowReviews(report));
        } finally {
          await spoilt.close();
        }
      });
    });

    test("one cluster of several lives", (t) => severalClusters(cluster, (line) => t.diagnostic(line)));
    test("a server without WatchList", async (t) => {
      // Not in order: it would wait for every watch there is to end.
      await cluster.kill("kube-apiserver");
      cluster = await startCluster({ ...options, featureGates: { WatchList: false } });
      await withoutWatchList(cluster, (line) => t.diagnostic(line));
    });
  },
);
