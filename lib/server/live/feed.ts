import type { ServerMessage, TerminalMessage } from "../../protocol/live.ts";

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

/** What a subscription says: a message of the protocol without its number. */
export type Said = WithoutId<Extract<ServerMessage, { id: number }>>;

/**
 * One subscription of a tab. It never queues: it is asked for what there is to say when the socket has room, and says the
 * difference to what it said last, so that a slow reader costs no memory.
 */
export type Feed = {
  /** Speaks no more often than this, in ms, and is asked again after each word; others are heard ten times a second. */
  readonly pace?: number;
  /** Calls back whenever there may be something to say. */
  watch(onChange: () => void): void;
  /** What there is to say now; null for nothing. May throw a StowageError, which ends the subscription. */
  next(): Said | null;
  /** Asks the source again whether the person still may. Throws a StowageError when not. */
  recheck(): Promise<void>;
  /** Moves the window of a live query; others have none. */
  move?(start: number, count: number): void;
  /** What the tab says to a terminal; others hear nothing. May throw a StowageError, which ends the subscription. */
  hear?(message: TerminalMessage): void;
  close(): void;
};
