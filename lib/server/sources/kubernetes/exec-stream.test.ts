import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { ExecEnd } from "./exec-status.ts";
import { execEndOf } from "./exec-status.ts";
import { ExecStream } from "./exec-stream.ts";
import { serveExec } from "./testing/exec-server.ts";
import type { ServedExec } from "./testing/exec-server.ts";
import { answerJson, startApiServer } from "./testing/test-api-server.ts";
import { asReader, testTransport } from "./testing/test-transport.ts";
import { until } from "./testing/until.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function make(timings = { pingEvery: 10_000, pingWithin: 20_000 }) {
  const execs: ServedExec[] = [];
  const server = await startApiServer({
    speaks: "plain",
    handle: (_, response) => answerJson(response, 404, {}),
    upgrade: serveExec((exec) => execs.push(exec)),
  });
  const transport = testTransport({ server: server.url, credentialsOverHttp: true });
  closing.push(async () => {
    transport.close();
    await server.close();
  });
  const socket = await transport.openSocket({
    path: "/exec",
    protocols: ["v5.channel.k8s.io"],
    maxMessage: 1024 * 1024,
    credential: asReader,
  });
  await until(() => execs.length === 1);
  const [served] = execs as [ServedExec];
  const stream = new ExecStream(socket, timings);
  const heard = { output: Buffer.alloc(0), ends: [] as ExecEnd[] };
  const listen = () =>
    stream.listen({
      output: (bytes) => (heard.output = Buffer.concat([heard.output, bytes])),
      end: (end) => heard.ends.push(end),
    });
  return { served, stream, heard, listen, socket };
}

describe("a command in a container", () => {
  it("says both outputs and then how it ended, once", async () => {
    const { served, heard, listen } = await make();
    listen();
    served.say(1, "out");
    served.say(2, "err");
    served.say(9, "of another time");
    served.exit(3);
    await until(() => heard.ends.length > 0);
    await turn();
    assert.equal(heard.output.toString(), "outerr");
    assert.deepEqual(heard.ends, [{ type: "exit", code: 3 }]);
  });

  it("hears output that comes behind the end", async () => {
    const { served, heard, listen } = await make();
    listen();
    served.say(3, JSON.stringify({ status: "Success" }));
    served.say(1, "last words");
    served.socket.close();
    await until(() => heard.ends.length > 0);
    assert.equal(heard.output.toString(), "last words");
    assert.deepEqual(heard.ends, [{ type: "exit", code: 0 }]);
  });

  it("sends input whole, in messages that are not too long, and sizes as they are", async () => {
    const { served, stream, listen } = await make();
    listen();
    const input = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
    await stream.write(input);
    stream.resize(120, 40);
    await until(() => served.sizes.length === 1);
    assert.ok(served.stdin.equals(input));
    assert.deepEqual(served.sizes, [{ Width: 120, Height: 40 }]);
    assert.ok(served.messageLengths.every((length) => length <= 16 * 1024 + 1));
  });

  it("reads no further while it is paused: the other side feels it", async () => {
    const { served, stream, heard, listen } = await make();
    listen();
    stream.pause();
    const block = Buffer.alloc(64 * 1024, "x");
    let said = 0;
    while (served.socket.bufferedAmount < 4 * 1024 * 1024) {
      served.say(1, block);
      said += block.length;
    }
    await turn();
    assert.ok(heard.output.length < said / 2);
    stream.resume();
    await until(() => heard.output.length === said);
  });

  it("is cut off when its connection is, and when the other side is dead", async () => {
    const cut = await make();
    cut.listen();
    cut.served.socket.terminate();
    await until(() => cut.heard.ends.length > 0);
    const [end] = cut.heard.ends;
    assert.equal(end?.type === "failed" && end.error.code, "source-unreachable");

    const dead = await make({ pingEvery: 5, pingWithin: 10 });
    dead.served.socket.pause();
    dead.listen();
    await until(() => dead.heard.ends.length > 0);
    const [lost] = dead.heard.ends;
    assert.match((lost?.type === "failed" && lost.error.detail) || "", /PING/);
  });

  it("tells nothing more when it was closed here, and a write to nobody fails", async () => {
    const { served, stream, heard, listen } = await make();
    listen();
    const closed = once(served.socket, "close");
    stream.close();
    await closed;
    await assert.rejects(stream.write(Buffer.from("x")));
    assert.deepEqual(heard.ends, []);
  });
});

describe("the Status of a command", () => {
  for (const [status, expected] of [
    [{ metadata: {}, status: "Success" }, 0],
    [
      { status: "Failure", reason: "NonZeroExitCode", details: { causes: [{ reason: "ExitCode", message: "137" }] } },
      137,
    ],
    [{ status: "Failure", message: "no", code: 403 }, "forbidden: no"],
    [{ status: "Failure", message: "no", code: 404 }, "not-found: no"],
    [{ status: "Failure", message: "runc", code: 500 }, "source-refused: runc"],
    [{ status: "Failure", reason: "NonZeroExitCode", message: "which?" }, "source-refused: which?"],
    [{ status: 5 }, "source-refused: the API server ended the command without saying how"],
  ] as const) {
    it(`of ${JSON.stringify(status)} is ${expected}`, () => {
      const end = execEndOf(JSON.stringify(status));
      assert.equal(end.type === "exit" ? end.code : end.error.message, expected);
    });
  }

  it("that is cut is none", () => {
    assert.equal(execEndOf('{"status":"Succ').type, "failed");
  });
});
