import assert from "node:assert/strict";

import { WebSocket } from "ws";

import type { KubeObject } from "../../lib/protocol/object.ts";
import { json } from "./api-door.ts";
import type { ApiDoor } from "./api-door.ts";

type Frame = { channel: number; text: string };
type End = {
  status: string;
  message?: string;
  reason?: string;
  details?: { causes?: { reason?: string; message?: string }[] };
};
/** What came on each channel, and how it ended; or with which code it was refused before. */
type Heard = { protocol: string; out: string; error: string; end: End | null; refused: number | null };

async function runningPod(door: ApiDoor): Promise<string> {
  const path = `/api/v1/namespaces/${door.namespace}/pods?labelSelector=app.kubernetes.io%2Fname%3D${door.app}`;
  const { items } = await json<{ items: KubeObject[] }>(door, path);
  const found = items.find((pod) => (pod as { status?: { phase?: string } }).status?.phase === "Running");
  assert.ok(found);
  return found.metadata?.name ?? "";
}

async function exec(
  door: ApiDoor,
  command: readonly string[],
  options: Partial<Record<"stdin" | "tty" | "stderr", boolean>> & { container?: string; protocol?: string } = {},
  talk: (say: (channel: number, data: string | number[]) => void, frame: Frame, all: string) => void = () => undefined,
): Promise<Heard> {
  const { container = door.container, protocol = "v5.channel.k8s.io", ...streams } = options;
  const query = new URLSearchParams({ container, stdout: "true" });
  for (const [name, on] of Object.entries(streams)) query.set(name, String(on));
  for (const word of command) query.append("command", word);
  const path = `/api/v1/namespaces/${door.namespace}/pods/${await runningPod(door)}/exec?${query}`;
  const headers = door.token === undefined ? {} : { authorization: `Bearer ${door.token}` };
  const socket = new WebSocket(door.baseUrl.replace(/^http/, "ws") + path, [protocol], {
    headers,
    ...(door.ca === undefined ? {} : { ca: door.ca }),
  });
  const heard: Heard = { protocol: "", out: "", error: "", end: null, refused: null };
  return await new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      socket.terminate();
      reject(new Error(`exec did not end; heard ${JSON.stringify(heard)}`));
    }, 15_000);
    const done = () => {
      clearTimeout(late);
      resolve(heard);
    };
    const say = (channel: number, data: string | number[]) =>
      socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(data as string)]));
    socket.on("message", (data: Buffer) => {
      const frame = { channel: data[0] ?? -1, text: data.subarray(1).toString("utf8") };
      if (frame.channel === 1) heard.out += frame.text;
      if (frame.channel === 2) heard.error += frame.text;
      if (frame.channel === 3) heard.end = JSON.parse(frame.text) as End;
      talk(say, frame, heard.out);
    });
    socket.on("open", () => (heard.protocol = socket.protocol));
    socket.on("close", done);
    socket.on("unexpected-response", (_request, response) => {
      heard.refused = response.statusCode ?? 0;
      response.resume();
      socket.terminate();
      done();
    });
    socket.on("error", () => undefined);
  });
}

/** A command in a container, over WebSockets. */
export const execContract: Record<string, (door: ApiDoor) => Promise<void>> = {
  "a command says what it has to say, and how it ended": async (door) => {
    const good = await exec(door, ["sh", "-c", "echo one; echo two >&2"], { stderr: true });
    assert.deepEqual([good.out, good.error, good.end?.status], ["one\n", "two\n", "Success"]);
    const bad = await exec(door, ["sh", "-c", "exit 3"]);
    assert.equal(bad.end?.reason, "NonZeroExitCode");
    assert.equal(bad.end?.message, "command terminated with non-zero exit code: command terminated with exit code 3");
    assert.deepEqual(bad.end?.details?.causes, [{ reason: "ExitCode", message: "3" }]);
    const unknown = await exec(door, ["sh", "-c", "no-such-program"], { stderr: true });
    assert.match(unknown.error, /no-such-program: not found/);
    assert.deepEqual(unknown.end?.details?.causes, [{ reason: "ExitCode", message: "127" }]);
  },

  "the older protocol is spoken too, and one that is too old is refused": async (door) => {
    const old = await exec(door, ["echo", "x"], { protocol: "v4.channel.k8s.io" });
    assert.deepEqual([old.protocol, old.out, old.end?.status], ["v4.channel.k8s.io", "x\n", "Success"]);
    assert.equal((await exec(door, ["echo", "x"], { protocol: "v3.channel.k8s.io" })).refused, 403);
  },

  "a program that is not in the image cannot be run": async (door) => {
    const { end } = await exec(door, ["bash"]);
    assert.equal(end?.reason, "InternalError");
    assert.match(end?.message ?? "", /exec: "bash": executable file not found in \$PATH/);
    assert.equal((await exec(door, ["sh"], { container: "no-such-container" })).refused, 400);
  },

  "a shell can be asked for": async (door) => {
    const found = await exec(door, ["sh", "-c", "command -v bash || command -v ash || command -v sh"]);
    assert.match(found.out, /^(\/\S*\/)?(a|ba)?sh\n$/);
  },

  "input is read to its end, which is told by closing its channel": async (door) => {
    let said = false;
    const heard = await exec(door, ["cat"], { stdin: true }, (say) => {
      if (said) return;
      said = true;
      say(0, "hello\nworld\n");
      say(255, [0]);
    });
    assert.deepEqual([heard.out, heard.end?.status], ["hello\nworld\n", "Success"]);
  },

  "a terminal has a size, echoes, ends lines with both, and knows Ctrl-C and Ctrl-D": async (door) => {
    const steps: [RegExp, number, string][] = [
      [/[$#] (\u001b\[6n)?$/, 4, '{"Width":101,"Height":33}'],
      [/[$#] (\u001b\[6n)?$/, 0, "stty size\r"],
      [/33 101\r\n[^\n]*[$#] (\u001b\[6n)?$/, 0, "cat\r"],
      [/cat\r\n$/, 0, "abc\r"],
      [/abc\r\n$/, 0, "\u0003"],
      [/abc\r\n[^]*[$#] (\u001b\[6n)?$/, 0, "exit 5\r"],
    ];
    let step = 0;
    const heard = await exec(door, ["sh"], { stdin: true, tty: true }, (say, _frame, all) => {
      const now = steps[step];
      if (!now?.[0].test(all)) return;
      step += 1;
      say(now[1], now[2]);
      // A size is not answered.
      const after = now[1] === 4 ? steps[step] : undefined;
      if (!after) return;
      step += 1;
      say(after[1], after[2]);
    });
    assert.equal(step, steps.length, heard.out);
    assert.deepEqual(heard.end?.details?.causes, [{ reason: "ExitCode", message: "5" }]);
  },
};
