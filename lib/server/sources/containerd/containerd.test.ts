import { create, toBinary } from "@bufbuild/protobuf";
import type { DescMessage } from "@bufbuild/protobuf";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http2";
import type { Http2Server, ServerHttp2Stream } from "node:http2";
import { createServer as createSocketServer } from "node:net";
import type { Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { TestContext } from "node:test";

import { onceCall, streamedCall } from "./calls.ts";
import { Containerd } from "./containerd.ts";

const folder = mkdtempSync(join(tmpdir(), "fake-containerd-"));
after(() => rmSync(folder, { recursive: true }));
let count = 0;

/** Something on a socket that is asked as if it were containerd. */
async function asked(t: TestContext, server: Http2Server | Server, callMs = 500): Promise<Containerd> {
  const socket = join(folder, `${(count += 1)}.sock`);
  const open = new Set<{ destroy(): void }>();
  server.on("connection", (connection: Socket) => open.add(connection));
  server.listen(socket);
  await once(server, "listening");
  const containerd = new Containerd({ socket, callMs });
  t.after(() => {
    containerd.close();
    for (const connection of open) connection.destroy();
    server.close();
  });
  return containerd;
}

/** A gRPC server whose every call is answered like this, after the headers. */
async function answering(
  t: TestContext,
  answer: (stream: ServerHttp2Stream) => void,
  callMs?: number,
): Promise<Containerd> {
  const server = createServer();
  server.on("stream", (stream) => {
    stream.on("error", () => {});
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    answer(stream);
  });
  return await asked(t, server, callMs);
}

function frame(payload: Uint8Array, length = payload.byteLength): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, payload]);
}

function message(of: DescMessage, fields: Record<string, unknown>): Buffer {
  return frame(toBinary(of, create(of, fields)));
}

const images = onceCall("images", "List").output;
const snapshots = streamedCall("snapshots", "List").output;
const pieces = streamedCall("content", "Read").output;

test("where nobody listens, it says so", async (t) => {
  const containerd = new Containerd({ socket: join(folder, "none.sock") });
  t.after(() => containerd.close());
  await assert.rejects(containerd.version(), { code: "source-unreachable", message: /ENOENT/ });
});

test("one that never speaks is given up", async (t) => {
  const containerd = await asked(
    t,
    createSocketServer(() => {}),
  );
  await assert.rejects(containerd.version(), { code: "source-unreachable" });
});

test("one that never answers a call, or never ends its answer, is given up", async (t) => {
  const containerd = await answering(t, () => {});
  await assert.rejects(containerd.images(), { code: "source-unreachable" });
  await assert.rejects(containerd.snapshots("overlayfs"), { code: "source-unreachable" });
});

test("one that speaks something else is refused", async (t) => {
  const containerd = await asked(
    t,
    createSocketServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n".repeat(10))),
  );
  await assert.rejects(containerd.version(), { name: "StowageError" });
});

test("bytes that are no message, and messages that make no sense, are refused", async (t) => {
  const target = { mediaType: "x", digest: `sha256:${"0".repeat(64)}`, size: 1n };
  const answers = [
    frame(Buffer.from([0xff, 0xff, 0xff])),
    frame(Buffer.from("garbage garbage garbage")),
    message(images, { images: [{ name: "a" }] }),
    message(images, { images: [{ name: "a", target: { ...target, digest: "../../etc" } }] }),
    message(images, { images: [{ name: "a", target: { ...target, size: -1n } }] }),
    message(images, { images: [{ name: "a", target: { ...target, size: 2n ** 62n } }] }),
    message(images, { images: [{ name: "a".repeat(5000), target }] }),
  ];
  for (const answer of answers) {
    const containerd = await answering(t, (stream) => stream.end(answer));
    await assert.rejects(containerd.images(), { code: "source-refused" });
  }
});

test("a message that says that it is huge is not waited for", async (t) => {
  const containerd = await answering(t, (stream) => stream.write(frame(Buffer.alloc(10), (16 << 20) + 1)));
  await assert.rejects(containerd.images(), { code: "too-large" });
});

test("a list without an end is left, and the other side is told", async (t) => {
  const { promise: left, resolve } = Promise.withResolvers<void>();
  const info = Array.from({ length: 5000 }, (_, place) => ({ name: `s${place}`, kind: 3 }));
  const page = message(snapshots, { info });
  const containerd = await answering(
    t,
    (stream) => {
      const more = (): void => {
        while (!stream.destroyed && stream.write(page));
      };
      stream.on("drain", more);
      stream.on("close", resolve);
      more();
      // The end comes by the number of items, however long they take.
    },
    25_000,
  );
  await assert.rejects(containerd.snapshots("overlayfs"), { code: "too-large" });
  await left;
});

test("a blob that is larger than it may be, or another, is refused", async (t) => {
  const data = Buffer.from("a document");
  const digest = `sha256:${createHash("sha256").update(data).digest("hex")}`;
  const containerd = await answering(t, (stream) => {
    stream.write(message(pieces, { data: data.subarray(0, 4) }));
    stream.end(message(pieces, { offset: 4n, data: data.subarray(4) }));
  });
  assert.deepEqual(await containerd.blob(digest, 10), data);
  await assert.rejects(containerd.blob(digest, 9), { code: "too-large" });
  await assert.rejects(containerd.blob(`sha256:${"0".repeat(64)}`, 10), { code: "source-refused" });
});

test("what is not there is nothing, and what is refused is said", async (t) => {
  const failing = (code: string, said: string) => {
    const server = createServer();
    server.on("stream", (stream) => {
      const trailers = { "grpc-status": code, "grpc-message": said };
      stream.respond({ ":status": 200, "content-type": "application/grpc", ...trailers }, { endStream: true });
    });
    return asked(t, server);
  };
  const missing = await failing("5", "not found");
  assert.equal(await missing.usage("overlayfs", "x"), null);
  assert.equal(await missing.blob(`sha256:${"0".repeat(64)}`, 10), null);
  await assert.rejects(missing.images(), { code: "source-refused" });
  const unloaded = await failing("3", "snapshotter not loaded: zfs: invalid argument");
  assert.deepEqual(await unloaded.snapshots("zfs"), []);
  const forbidden = await failing("7", "namespace is required");
  await assert.rejects(forbidden.containers(), { code: "source-refused", message: /namespace is required/ });
});

test("whoever no longer wants an answer gets the reason, and the call is ended", async (t) => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  const containerd = await answering(t, (stream) => {
    stream.on("close", leave);
    begin();
  });
  const stop = new AbortController();
  const answer = containerd.snapshots("overlayfs", stop.signal);
  const refused = assert.rejects(answer, { message: "enough" });
  await begun;
  stop.abort(new Error("enough"));
  await refused;
  await left;
});
