import { create } from "@bufbuild/protobuf";
import type { DescMethodServerStreaming, DescMethodUnary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { createHash } from "node:crypto";
import { z } from "zod";

import { StowageError } from "../../error.ts";
import { onceCall, streamedCall } from "./calls.ts";
import { SocketSession } from "./socket-session.ts";

/** Longest single message, in bytes: what containerd itself sends at most. */
const maxMessage = 16 << 20;
/** Of snapshots, of blobs, of containers and of images each. */
const maxItems = 100_000;
/** One call, in ms. A writable layer of very many files takes its time. */
const callMs = 30_000;

const bytes = z.bigint().transform((value, context) => {
  if (value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  context.addIssue({ code: "custom", message: "no number of bytes" });
  return z.NEVER;
});
const text = z.string().max(4096);
const digest = z.string().regex(/^[a-z0-9+._-]{1,32}:[a-f0-9]{32,128}$/);
/** containerd's own numbers of what a snapshot is. */
const snapshotKinds = new Map([
  [1, "view"],
  [2, "active"],
  [3, "committed"],
] as const);

const targetSchema = z.object({ mediaType: text, digest, size: bytes });
const answers = {
  version: z.object({ version: text }),
  images: z.object({ images: z.array(z.object({ name: text, target: targetSchema })).max(maxItems) }),
  blobs: z.object({ info: z.array(z.object({ digest, size: bytes })) }),
  piece: z.object({ offset: bytes, data: z.instanceof(Uint8Array) }),
  snapshots: z.object({ info: z.array(z.object({ name: text.min(1), parent: text, kind: z.number() })) }),
  usage: z.object({ size: bytes }),
  containers: z.object({
    containers: z
      .array(
        z.object({
          id: text.min(1),
          image: text,
          snapshotter: text,
          snapshotKey: text,
          labels: z.array(z.object({ key: text, value: text })).max(1000),
        }),
      )
      .max(maxItems),
  }),
  tasks: z.object({ tasks: z.array(z.object({ containerId: text, id: text, status: z.number() })).max(maxItems) }),
};

/** What an image's name points to: a manifest, or an index of those of several platforms. */
export type Target = z.infer<typeof targetSchema>;

export type Snapshot = {
  readonly name: string;
  /** Empty for the lowest. */
  readonly parent: string;
  readonly kind: "view" | "active" | "committed" | "unknown";
};

export type ContainerRecord = {
  readonly id: string;
  /** The name by which its image was asked for. */
  readonly image: string;
  readonly snapshotter: string;
  readonly snapshotKey: string;
  readonly labels: ReadonlyMap<string, string>;
};

/**
 * containerd on its own socket, one namespace of it, read and never written. Every answer is bounded and parsed. Calls throw
 * StowageError: `source-unreachable` (no socket, no answer in time), `source-refused` (it refuses, or what it says makes no sense),
 * `too-large`.
 */
export class Containerd {
  private readonly session: SocketSession;
  private readonly transport: ReturnType<typeof createGrpcTransport>;
  private readonly header: Record<string, string>;
  private readonly callMs: number;
  readonly namespace: string;

  constructor(options: { socket: string; namespace?: string; callMs?: number }) {
    this.namespace = options.namespace ?? "k8s.io";
    this.callMs = options.callMs ?? callMs;
    this.header = { "containerd-namespace": this.namespace };
    this.session = new SocketSession(options.socket);
    this.transport = createGrpcTransport({
      baseUrl: this.session.authority,
      sessionManager: this.session,
      readMaxBytes: maxMessage,
      acceptCompression: [],
      // A container's whole specification is not kept beside the few fields that are read.
      binaryOptions: { readUnknownFields: false },
    });
  }

  async version(signal?: AbortSignal): Promise<string> {
    return parsed(answers.version, await this.once(onceCall("version", "Version"), {}, signal)).version;
  }

  async images(signal?: AbortSignal): Promise<{ name: string; target: Target }[]> {
    return parsed(answers.images, await this.once(onceCall("images", "List"), {}, signal)).images;
  }

  async containers(signal?: AbortSignal): Promise<ContainerRecord[]> {
    const said = parsed(answers.containers, await this.once(onceCall("containers", "List"), {}, signal));
    return said.containers.map(({ labels, ...container }) => ({
      ...container,
      labels: new Map(labels.map(({ key, value }) => [key, value])),
    }));
  }

  /** Ids of the containers whose process runs; a paused one does too. */
  async running(signal?: AbortSignal): Promise<Set<string>> {
    const { tasks } = parsed(answers.tasks, await this.once(onceCall("tasks", "List"), {}, signal));
    // 2 runs, 4 is paused, 5 is about to be. An older containerd names the container by `id` alone.
    return new Set(tasks.filter(({ status }) => [2, 4, 5].includes(status)).map((task) => task.containerId || task.id));
  }

  /** All snapshots of a snapshotter. One that containerd does not have has none. */
  async snapshots(snapshotter: string, signal?: AbortSignal): Promise<Snapshot[]> {
    const found: Snapshot[] = [];
    const call = streamedCall("snapshots", "List");
    const known = await this.each(call, { snapshotter }, signal, (message) => {
      for (const { name, parent, kind } of parsed(answers.snapshots, message).info)
        found.push({ name, parent, kind: kindOf(kind) });
      if (found.length > maxItems) throw new StowageError("too-large", `more than ${maxItems} snapshots`);
    });
    return known ? found : [];
  }

  /** Bytes that a snapshot takes, without those below it; null when there is no such snapshot any more. */
  async usage(snapshotter: string, key: string, signal?: AbortSignal): Promise<number | null> {
    const said = await this.once(onceCall("snapshots", "Usage"), { snapshotter, key }, signal, true);
    return said === null ? null : parsed(answers.usage, said).size;
  }

  /** How many blobs the namespace has and how large they are together, in bytes. */
  async content(signal?: AbortSignal): Promise<{ blobs: number; bytes: number }> {
    let blobs = 0;
    let sum = 0;
    await this.each(streamedCall("content", "List"), {}, signal, (message) => {
      for (const { size } of parsed(answers.blobs, message).info) {
        blobs += 1;
        sum += size;
      }
      if (blobs > maxItems) throw new StowageError("too-large", `more than ${maxItems} blobs`);
    });
    return { blobs, bytes: sum };
  }

  /** A whole blob of at most so many bytes, checked against its digest; null when it is not there. */
  async blob(wanted: string, most: number, signal?: AbortSignal): Promise<Uint8Array | null> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    // One byte more than may be: so a blob that is too large shows, and no more of it is sent.
    const asked = { digest: wanted, size: BigInt(most + 1) };
    const known = await this.each(streamedCall("content", "Read"), asked, signal, (message) => {
      const { data } = parsed(answers.piece, message);
      length += data.byteLength;
      if (length > most) throw new StowageError("too-large", `${wanted} has more than ${most} bytes`);
      pieces.push(data);
    });
    if (!known) return null;
    const whole = Buffer.concat(pieces);
    if (`sha256:${createHash("sha256").update(whole).digest("hex")}` !== wanted)
      throw new StowageError("source-refused", `what containerd gave for ${wanted} is something else`);
    return whole;
  }

  close(): void {
    this.session.close();
  }

  private async once(
    method: DescMethodUnary,
    input: Record<string, unknown>,
    signal: AbortSignal | undefined,
    mayBeMissing = false,
  ): Promise<unknown> {
    try {
      const message = create(method.input, input);
      return (await this.transport.unary(method, signal, this.callMs, this.header, message)).message;
    } catch (thrown) {
      if (mayBeMissing && isMissing(thrown)) return null;
      throw told(thrown, signal);
    }
  }

  /** Hands over each message; false when what was asked for is not there. */
  private async each(
    method: DescMethodServerStreaming,
    input: Record<string, unknown>,
    signal: AbortSignal | undefined,
    take: (message: unknown) => void,
  ): Promise<boolean> {
    // Leaving the loop does not end the stream by itself.
    const ended = new AbortController();
    const both = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
    try {
      const { message } = await this.transport.stream(
        method,
        both,
        this.callMs,
        this.header,
        only(create(method.input, input)),
      );
      for await (const piece of message) take(piece);
      return true;
    } catch (thrown) {
      if (isMissing(thrown)) return false;
      throw told(thrown, signal);
    } finally {
      ended.abort();
    }
  }
}

async function* only<T>(item: T): AsyncIterable<T> {
  yield item;
}

function kindOf(kind: number): Snapshot["kind"] {
  for (const [number, name] of snapshotKinds) if (number === kind) return name;
  return "unknown";
}

function parsed<T>(schema: z.ZodType<T>, message: unknown): T {
  const { success, data, error } = schema.safeParse(message);
  if (success) return data;
  const issue = error.issues[0];
  throw new StowageError(
    "source-refused",
    `containerd said what it never says: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
  );
}

/** A snapshotter that is not loaded is an invalid argument to containerd. */
function isMissing(thrown: unknown): boolean {
  if (!(thrown instanceof ConnectError)) return false;
  return (
    thrown.code === Code.NotFound ||
    (thrown.code === Code.InvalidArgument && thrown.rawMessage.includes("snapshotter not loaded"))
  );
}

function told(thrown: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (!(thrown instanceof ConnectError)) return thrown;
  const detail = `containerd: ${thrown.rawMessage.slice(0, 300)}`;
  // No socket, nobody behind it or somebody who speaks no HTTP/2: what Node says of it, and not containerd.
  const { cause } = thrown;
  if (cause instanceof Error && "code" in cause) return new StowageError("source-unreachable", detail, { cause });
  switch (thrown.code) {
    case Code.Unavailable:
    case Code.DeadlineExceeded:
    case Code.Canceled:
    case Code.Aborted:
      return new StowageError("source-unreachable", detail, { cause: thrown });
    case Code.ResourceExhausted:
      return new StowageError("too-large", detail, { cause: thrown });
    default:
      return new StowageError("source-refused", detail, { cause: thrown });
  }
}
