import { serverNow } from "./server-clock.ts";

/**
 * The current second of the server's clock, and one timer for everything on the page that shows it. It stands still between two
 * ticks, so that a page drawn in parts shows one time.
 */
let second = 0;
let timer: ReturnType<typeof setInterval> | null = null;
const watchers = new Set<() => void>();

export function currentSecond(): number {
  return timer ? second : Math.floor(serverNow());
}

export function watchSecond(changed: () => void): () => void {
  watchers.add(changed);
  if (!timer) {
    second = Math.floor(serverNow());
    timer = setInterval(tick, 1000);
  }
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  };
}

function tick(): void {
  second = Math.floor(serverNow());
  for (const changed of watchers) changed();
}
