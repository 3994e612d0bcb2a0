import type { ErrorCode, WireError } from "../../protocol/error.ts";
import { Backoff } from "../../shared/backoff.ts";
import type { Adjustment, Answer, LiveStream, Opening } from "./live-stream.ts";

/** Errors that may pass without anybody doing anything. */
const passing: ReadonlySet<ErrorCode> = new Set(["busy", "source-unreachable", "too-many", "internal"]);

export type Lasting = { send(adjustment: Adjustment): void; again(): void; close(): void };

/**
 * A subscription that begins again by itself after an error that may pass. `opening` is asked for each beginning but those that
 * follow a lost connection, which the stream sees to.
 */
export function openLasting(
  stream: LiveStream,
  opening: () => Opening,
  hear: (answer: Exclude<Answer, { t: "error" }>) => void,
  failed: (error: WireError) => void,
  reopen?: (opening: Opening) => Opening,
): Lasting {
  const backoff = new Backoff({ first: 1000, most: 30_000, random: Math.random });
  let timer: ReturnType<typeof setTimeout> | null = null;
  let inner = begin();

  function begin() {
    return stream.open(opening(), receive, reopen);
  }

  function receive(answer: Answer): void {
    if (answer.t !== "error") {
      backoff.reset();
      hear(answer);
      return;
    }
    failed(answer.error);
    if (passing.has(answer.error.code)) timer = setTimeout(again, backoff.next());
  }

  function again(): void {
    stop();
    inner = begin();
  }

  function stop(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    inner.close();
  }

  return { send: (adjustment) => inner.send(adjustment), again, close: stop };
}
