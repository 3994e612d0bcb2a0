import type { WebSocket } from "ws";

import type { ServerMessage } from "../../protocol/live.ts";
import { clientMessageSchema } from "../../protocol/live.ts";
import type { ClientMessage, OpeningMessage } from "../../protocol/live.ts";
import { encodeTerminalFrame } from "../../shared/terminal-frame.ts";
import type { Person } from "../access/person.ts";
import { StowageError, isStowageError, wireErrorOf } from "../error.ts";
import { log } from "../log.ts";
import type { Feed, Said } from "../live/feed.ts";

export type TabDoors = {
  boot: string;
  /** Opens what a message asks for. Throws StowageErrors. */
  open: (person: Person, message: OpeningMessage) => Promise<Feed>;
  /** Whether the session that opened the socket still stands. */
  stands: () => Promise<boolean>;
};

/** Subscriptions of one tab at a time; a page has fewer than ten. */
export const maxSubscriptions = 64;
/** A subscription speaks at most this often, in ms. */
const speakMs = 100;
/** With more than this waiting in the socket nothing is said until it drained, in bytes: the bound of what a slow reader costs. */
export const maxWaiting = 256 * 1024;
/** What no feed brings about, since each waits for room: beyond it answers to a flood of messages are piling up, in bytes. */
const maxUnread = 8 * 1024 * 1024;
/** How often a socket that was full is looked at again, in ms. */
const drainMs = 50;
/** Rights are asked again this often, in ms. An answer is believed for 10 s: together that closes what was withdrawn within 15 s. */
const recheckMs = 4_000;
/** A socket that did not answer a ping by the next one is gone, in ms. */
const pingMs = 30_000;

type Slot = {
  feed: Feed | null;
  timer: NodeJS.Timeout | null;
  last: number;
  waiting: ["window", number, number] | null;
  closed: boolean;
};

/** One tab's socket: its subscriptions, spoken for in turn and never faster than it reads. */
export class Tab {
  private readonly socket: WebSocket;
  private readonly person: Person;
  private readonly doors: TabDoors;
  private readonly slots = new Map<number, Slot>();
  private readonly timers: NodeJS.Timeout[] = [];
  private answered = true;

  constructor(socket: WebSocket, person: Person, doors: TabDoors) {
    this.socket = socket;
    this.person = person;
    this.doors = doors;
    socket.on("message", (data, isBinary) =>
      this.hear(isBinary || !Buffer.isBuffer(data) ? null : data.toString("utf8")),
    );
    socket.on("close", () => this.dispose());
    socket.on("error", () => socket.terminate());
    socket.on("pong", () => (this.answered = true));
    this.timers.push(
      setInterval(() => void this.recheck(), recheckMs).unref(),
      setInterval(() => this.ping(), pingMs).unref(),
    );
    this.send({ t: "hello", boot: doors.boot, now: Date.now() / 1000 });
  }

  private hear(text: string | null): void {
    if (this.socket.bufferedAmount > maxUnread) {
      // It goes on asking and reads none of the answers.
      this.socket.terminate();
      return;
    }
    const message = text === null ? null : parse(text);
    if (!message) {
      // What no page of ours says: nobody is there to read an explanation.
      this.socket.close(1008, "not a message of this protocol");
      return;
    }
    switch (message.t) {
      case "stop":
        this.drop(message.id);
        return;
      case "window": {
        const slot = this.slots.get(message.id);
        if (slot?.feed) slot.feed.move?.(message.start, message.count);
        else if (slot) slot.waiting = ["window", message.start, message.count];
        return;
      }
      case "input":
      case "resize":
      case "seen":
      case "hang-up": {
        const slot = this.slots.get(message.id);
        try {
          // A terminal is not spoken to before it has said that it is open.
          slot?.feed?.hear?.(message);
        } catch (thrown) {
          if (slot) this.fail(message.id, slot, thrown);
        }
        return;
      }
      default:
        void this.open(message);
    }
  }

  private async open(message: OpeningMessage): Promise<void> {
    const { id } = message;
    this.drop(id);
    if (this.slots.size >= maxSubscriptions) {
      this.send({ t: "error", id, error: { code: "too-many" } });
      return;
    }
    const slot: Slot = { feed: null, timer: null, last: 0, waiting: null, closed: false };
    this.slots.set(id, slot);
    try {
      const feed = await this.doors.open(this.person, message);
      if (slot.closed) {
        feed.close();
        return;
      }
      slot.feed = feed;
      if (slot.waiting) feed.move?.(slot.waiting[1], slot.waiting[2]);
      feed.watch(() => this.schedule(id, slot));
      this.speak(id, slot);
    } catch (thrown) {
      this.fail(id, slot, thrown);
    }
  }

  private schedule(id: number, slot: Slot, least = 0): void {
    if (slot.timer || slot.closed) return;
    slot.timer = setTimeout(
      () => {
        slot.timer = null;
        this.speak(id, slot);
      },
      Math.max(least, slot.last + (slot.feed?.pace ?? speakMs) - Date.now(), 0),
    );
  }

  private speak(id: number, slot: Slot): void {
    if (slot.closed || !slot.feed) return;
    if (this.socket.bufferedAmount > maxWaiting) {
      this.schedule(id, slot, drainMs);
      return;
    }
    try {
      const said = slot.feed.next();
      if (!said) return;
      slot.last = Date.now();
      this.send(numbered(id, said));
      if (said.t === "done" || said.t === "error") this.drop(id);
      else if (said.t === "logs" || slot.feed.pace !== undefined) this.schedule(id, slot);
    } catch (thrown) {
      this.fail(id, slot, thrown);
    }
  }

  private fail(id: number, slot: Slot, thrown: unknown): void {
    if (slot.closed) return;
    if (!isStowageError(thrown)) log.error("stream.failed", { message: String(thrown), stack: stackOf(thrown) });
    this.drop(id);
    this.send({ t: "error", id, error: wireErrorOf(thrown) });
  }

  private drop(id: number): void {
    const slot = this.slots.get(id);
    if (!slot) return;
    this.slots.delete(id);
    slot.closed = true;
    if (slot.timer) clearTimeout(slot.timer);
    slot.feed?.close();
  }

  private async recheck(): Promise<void> {
    if (!(await this.doors.stands())) {
      for (const [id, slot] of this.slots) this.fail(id, slot, new StowageError("signed-out"));
      this.socket.close(4401, "signed out");
      return;
    }
    await Promise.all([...this.slots].map(([id, slot]) => this.recheckOne(id, slot)));
  }

  private async recheckOne(id: number, slot: Slot): Promise<void> {
    try {
      await slot.feed?.recheck();
    } catch (thrown) {
      this.fail(id, slot, thrown);
    }
  }

  private ping(): void {
    if (!this.answered) {
      this.socket.terminate();
      return;
    }
    this.answered = false;
    this.socket.ping();
  }

  private send(message: ServerMessage): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(message.t === "output" ? encodeTerminalFrame(message) : JSON.stringify(message));
  }

  private dispose(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const id of this.slots.keys()) this.drop(id);
  }
}

function numbered(id: number, said: Said): ServerMessage {
  return { ...said, id };
}

function stackOf(thrown: unknown): string | undefined {
  return thrown instanceof Error ? thrown.stack : undefined;
}

function parse(text: string): ClientMessage | null {
  try {
    const result = clientMessageSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
