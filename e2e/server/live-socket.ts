import { once } from "node:events";
import { WebSocket } from "ws";

import type { ClientMessage, OpeningMessage, ServerMessage } from "../../lib/protocol/live.ts";
import type { Query } from "../../lib/protocol/query.ts";
import { decodeTerminalFrame } from "../../lib/shared/terminal-frame.ts";
import { LiveRows } from "./live-rows.ts";
import { LiveTerminal } from "./live-terminal.ts";
import { Subscription } from "./subscription.ts";

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
export type Opening = WithoutId<OpeningMessage>;

/** An upgrade that was answered with an HTTP status instead. */
export class SocketRefused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`the socket was refused with ${status}`);
    this.status = status;
  }
}

/** A tab's socket that keeps every byte it was sent: what leaks is looked for in `text`. */
export class LiveSocket {
  readonly socket: WebSocket;
  readonly hello: Promise<Extract<ServerMessage, { t: "hello" }>>;
  /** Every frame as it came. */
  readonly frames: string[] = [];
  /** Set when the server or the network ended it. */
  closed: { code: number; reason: string } | null = null;
  private readonly subscriptions = new Map<number, Subscription>();
  private nextId = 1;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data, isBinary) => {
      if (isBinary) this.hearOutput(data as Buffer);
      else this.hear((data as Buffer).toString("utf8"));
    });
    socket.on("close", (code, reason) => (this.closed = { code, reason: reason.toString("utf8") }));
    this.hello = new Promise((resolve) => {
      this.onHello = resolve;
    });
  }

  private onHello: (hello: Extract<ServerMessage, { t: "hello" }>) => void = () => undefined;

  /** Opens `/api/live` (or another path) with exactly these headers. Throws SocketRefused. */
  static async open(port: number, headers: Readonly<Record<string, string>>, path = "/api/live"): Promise<LiveSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers, maxPayload: 64 * 1024 * 1024 });
    const live = new LiveSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("unexpected-response", (request, response) => {
        request.destroy();
        reject(new SocketRefused(response.statusCode ?? 0));
      });
      socket.once("error", reject);
    });
    socket.on("error", () => undefined);
    return live;
  }

  get text(): string {
    return this.frames.join("\n");
  }

  /** Opens a live query; what is left out of it is as the protocol's defaults. */
  rows(query: Partial<Query> & { kind: string }, resume?: string): LiveRows {
    const whole: Query = { in: [], q: "", sort: "", columns: [], start: 0, count: 50, ...query };
    return this.add(new LiveRows(this, this.nextId++, resume !== undefined), {
      t: "rows",
      query: whole,
      ...(resume === undefined ? {} : { resume }),
    });
  }

  terminal(opening: Omit<Extract<Opening, { t: "terminal" }>, "t">): LiveTerminal {
    return this.add(new LiveTerminal(this, this.nextId++), { t: "terminal", ...opening });
  }

  subscribe(opening: Opening): Subscription {
    return this.add(new Subscription(this, this.nextId++), opening);
  }

  send(message: ClientMessage): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string | Buffer): void {
    this.socket.send(text);
  }

  async whenClosed(): Promise<{ code: number; reason: string }> {
    if (!this.closed) await once(this.socket, "close");
    return this.closed ?? { code: 0, reason: "" };
  }

  close(): void {
    this.socket.terminate();
  }

  private add<T extends Subscription>(subscription: T, opening: Opening): T {
    this.subscriptions.set(subscription.id, subscription);
    this.send({ ...opening, id: subscription.id });
    return subscription;
  }

  private hearOutput(frame: Buffer): void {
    this.frames.push(frame.toString("utf8"));
    const output = decodeTerminalFrame(new Uint8Array(frame).buffer);
    if (output) this.subscriptions.get(output.id)?.hear({ t: "output", ...output });
  }

  private hear(text: string): void {
    this.frames.push(text);
    const message = JSON.parse(text) as ServerMessage;
    if (message.t === "hello") this.onHello(message);
    else this.subscriptions.get(message.id)?.hear(message);
  }
}
