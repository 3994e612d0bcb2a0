/** All in milliseconds. Tests shorten them; nothing else does. */
export type Timings = {
  /** TCP, proxy and TLS together. */
  connect: number;
  /** From the request to the head of its answer; lists of large clusters are encoded before the first byte. */
  response: number;
  /** How often a session is asked whether it still answers, and how long it may take: a dead peer is noticed by their sum. */
  pingEvery: number;
  pingWithin: number;
  /** A session without streams is closed after this. */
  idle: number;
  /** A server that spoke HTTP/1.1 is offered HTTP/2 again after this. */
  http1: number;
};

export const standardTimings: Timings = {
  connect: 10_000,
  response: 60_000,
  pingEvery: 10_000,
  pingWithin: 20_000,
  idle: 90_000,
  http1: 5 * 60_000,
};
