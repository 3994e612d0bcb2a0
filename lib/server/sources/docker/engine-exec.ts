import type { Duplex } from "node:stream";
import { z } from "zod";

import { isStowageError, StowageError } from "../../error.ts";
import type { ExecEnd } from "../kubernetes/exec-status.ts";
import type { ExecListener } from "../kubernetes/exec-stream.ts";
import { Demultiplexer } from "./demultiplexer.ts";
import type { Engine } from "./engine.ts";

const created = z.looseObject({ Id: z.string().min(1) });
const inspected = z.looseObject({ Running: z.boolean().nullish(), ExitCode: z.number().nullish() });

/** An engine may close the connection a moment before it knows how the command ended. */
const endTries = 10;
const endWaitMs = 100;
/** An engine that does not say goodbye is not waited for longer than this, in ms. */
const closeMs = 2_000;

/**
 * Runs a command in a container of an engine: with a terminal and input, or without both. Throws what Engine throws: `not-found`,
 * `conflict` for a container that does not run, `source-unreachable`.
 */
export async function openEngineExec(
  engine: Engine,
  container: string,
  { command, tty }: { command: readonly string[]; tty: boolean },
): Promise<EngineExec> {
  const body = { AttachStdin: tty, AttachStdout: true, AttachStderr: true, Tty: tty, Cmd: command };
  const path = `/containers/${encodeURIComponent(container)}/exec`;
  const answer = created.safeParse(await engine.json({ method: "POST", path, body }));
  if (!answer.success) throw new StowageError("source-refused", `${engine.where} did not say what it runs`);
  const id = encodeURIComponent(answer.data.Id);
  const socket = await engine.hijack({ path: `/exec/${id}/start`, body: { Detach: false, Tty: tty } });
  return new EngineExec(engine, id, socket, tty);
}

/** A command that runs in a container of an engine, over a connection that is its alone. */
export class EngineExec {
  private readonly engine: Engine;
  private readonly id: string;
  private readonly socket: Duplex;
  private readonly demultiplexer: Demultiplexer | null;
  private listener: ExecListener | null = null;
  private failure: StowageError | null = null;
  private over = false;
  private closed = false;

  constructor(engine: Engine, id: string, socket: Duplex, tty: boolean) {
    this.engine = engine;
    this.id = id;
    this.socket = socket;
    this.demultiplexer = tty ? null : new Demultiplexer((_stream, bytes) => this.listener?.output(bytes));
    socket.pause();
    socket.on("data", (chunk: Buffer) => this.hear(chunk));
    // `data` alone would set it flowing.
    socket.pause();
    socket.on("error", (error) => (this.failure ??= unreachable(engine, error.message)));
    socket.on("close", () => {
      this.over = true;
      void this.tell();
    });
    socket.on("end", () => socket.destroy());
  }

  /** Output begins to come with this, and not before. */
  listen(listener: ExecListener): void {
    this.listener = listener;
    if (this.over) void this.tell();
    else this.socket.resume();
  }

  /** Hands bytes to the command's stdin, and resolves when the connection has taken them. Rejects when it is gone. */
  async write(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  resize(columns: number, rows: number): void {
    const path = `/exec/${this.id}/resize?h=${rows}&w=${columns}`;
    // A size that came too late for the command is no loss.
    this.engine.json({ method: "POST", path }).catch(() => undefined);
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Ends the connection; a command with a terminal may run on. `end` is not called any more. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    // What was written before still goes out.
    this.socket.end();
    this.socket.resume();
    setTimeout(() => this.socket.destroy(), closeMs).unref();
  }

  private hear(chunk: Buffer): void {
    if (this.closed) return;
    if (!this.demultiplexer) return this.listener?.output(chunk);
    try {
      this.demultiplexer.push(chunk);
    } catch (error) {
      this.failure = isStowageError(error) ? error : unreachable(this.engine, String(error));
      this.socket.destroy();
    }
  }

  private async tell(): Promise<void> {
    const { listener } = this;
    if (this.closed || !listener) return;
    this.closed = true;
    listener.end(this.failure ? { type: "failed", error: this.failure } : await this.askEnd());
  }

  private async askEnd(): Promise<ExecEnd> {
    try {
      for (let tries = 0; tries < endTries; tries += 1) {
        const { Running, ExitCode } = inspected.parse(await this.engine.json({ path: `/exec/${this.id}/json` }));
        if (!Running) return { type: "exit", code: ExitCode ?? 0 };
        await new Promise((resolve) => setTimeout(resolve, endWaitMs));
      }
      return { type: "failed", error: unreachable(this.engine, "the connection to the command was cut") };
    } catch (error) {
      return { type: "failed", error: isStowageError(error) ? error : unreachable(this.engine, String(error)) };
    }
  }
}

function unreachable(engine: Engine, why: string): StowageError {
  return new StowageError("source-unreachable", `${engine.where}: ${why}`);
}
