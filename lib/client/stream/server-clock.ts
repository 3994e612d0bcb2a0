/**
 * The server's clock, so that ages do not depend on how well the reader's machine keeps time. Until the server has told its time,
 * the reader's clock stands in for it.
 */
let ahead = 0;

/** Seconds since the epoch. */
export function serverNow(): number {
  return Date.now() / 1000 + ahead;
}

export function setServerNow(seconds: number): void {
  ahead = seconds - Date.now() / 1000;
}
