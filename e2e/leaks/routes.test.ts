import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { clientMessageSchema } from "../../lib/protocol/live.ts";
import { missing } from "../../tools/real-parts.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { LiveSocket, SocketRefused } from "../server/live-socket.ts";
import { runCluster } from "../server/run-cluster.ts";
import type { Asked } from "../server/send-request.ts";
import type { RunningStowage } from "../server/start-stowage.ts";
import { seededPod } from "../server/seeded-pod.ts";
import { startStowage } from "../server/start-stowage.ts";
import { askers, messageExpectations, routeExpectations } from "./expectations.ts";
import type { Asker, MessageExpectation, RouteExpectation } from "./expectations.ts";
import { addressesOfProcess, servedByApp } from "./served.ts";

/** Addresses of the process that are only prefixes of others, or where it sends people. */
const notAsked = new Set(["/_next", "/api"]);
/** A subscription that nobody has opened. */
const unused = 4_711;

test("every route, address and message stands in the table of what each person is answered", () => {
  const listed = new Set(routeExpectations.map(({ route }) => route));
  const served = servedByApp();
  assert.ok(served.length >= 20, "the routes were found");
  assert.deepEqual(
    served.filter((route) => !listed.has(route)),
    [],
    "in app/ and not in e2e/leaks/expectations.ts",
  );
  const addresses = new Set([...listed].map((route) => route.split(" ")[1]));
  const ofProcess = addressesOfProcess();
  assert.ok(ofProcess.includes("/livez") && ofProcess.includes("/api/clusters"), "the addresses were found");
  assert.deepEqual(
    ofProcess.filter((address) => !addresses.has(address) && !notAsked.has(address)),
    [],
    "in lib/server/http and not in e2e/leaks/expectations.ts",
  );
  const messages = clientMessageSchema.options.map(({ shape }) => shape.t.value);
  assert.deepEqual(messages.toSorted(), messageExpectations.map(({ t }) => t).toSorted());
  const gone = [...listed].filter((route) => !served.includes(route) && !ofProcess.includes(route.split(" ")[1] ?? ""));
  assert.deepEqual(gone, [], "in the table and served by nobody");
});

describe("each person is answered as the table says", { skip: missing("own-cluster") }, () => {
  let cluster: Cluster;
  let stowage: RunningStowage;
  const values: Record<string, string> = {};

  before(async () => {
    cluster = await runCluster();
    stowage = await startStowage({ kubeconfig: cluster.kubeconfig("admin"), args: ["--face", "team"] });
    values["source"] = `stowage-${cluster.name}`;
    values["pod"] = await seededPod(cluster, "shop", "web");
  });
  after(async () => {
    await stowage?.stop();
  });

  const filled = (text: string) => text.replace(/\{(source|pod)\}/g, (_, name: string) => values[name] ?? "");

  function headersOf(asker: Asker): Record<string, string> {
    return asker === "signed-out" ? {} : { authorization: `Bearer ${cluster.token(asker)}` };
  }

  for (const expectation of routeExpectations) {
    test(`${expectation.route} as ${expectation.ask}`, async () => {
      const answers: string[] = [];
      for (const asker of askers) answers.push(await statusFor(expectation, asker));
      assert.deepEqual(answers, expectation.answers);
    });
  }

  async function statusFor({ route, ask, body, type }: RouteExpectation, asker: Asker): Promise<string> {
    const [method = "GET"] = route.split(" ");
    const types = { form: "application/x-www-form-urlencoded", json: "application/json" };
    const contentType = method === "PATCH" ? "application/merge-patch+json" : type && types[type];
    const asked: Asked = {
      method,
      headers: { ...headersOf(asker), ...(contentType ? { "content-type": contentType } : {}) },
      ...(body === undefined ? {} : { body: filled(body) }),
    };
    return String((await stowage.ask(filled(ask), asked)).status);
  }

  for (const expectation of messageExpectations) {
    test(`message ${expectation.t}`, async () => {
      const answers: string[] = [];
      for (const asker of askers) answers.push(await answerTo(expectation, asker));
      assert.deepEqual(answers, expectation.answers);
    });
  }

  async function answerTo({ t, say, answers }: MessageExpectation, asker: Asker): Promise<string> {
    let socket: LiveSocket;
    try {
      socket = await LiveSocket.open(stowage.port, headersOf(asker));
    } catch (thrown) {
      if (thrown instanceof SocketRefused) return String(thrown.status);
      throw thrown;
    }
    try {
      const message = JSON.parse(filled(JSON.stringify({ ...say, t }))) as Record<string, unknown>;
      if (answers[0] === "-") {
        socket.sendText(JSON.stringify({ ...message, id: unused }));
        await socket.rows({ kind: "pods" }).whole();
        return socket.text.includes(`"id":${unused}`) ? "answered" : "-";
      }
      const parsed = clientMessageSchema.parse({ ...message, id: 1 });
      const subscription = socket.subscribe(parsed as Parameters<LiveSocket["subscribe"]>[0]);
      await subscription.until(() => subscription.heard.length > 0, `an answer to ${t}`, 20);
      if (subscription.error === null && t === "terminal") socket.send({ t: "hang-up", id: subscription.id });
      return subscription.error?.code ?? "ok";
    } finally {
      socket.close();
    }
  }
});
