import * as crypto from "node:crypto";

import { ConfigError } from "../config/parse-config.ts";
import { StowageError } from "../error.ts";
import { Turns } from "./turns.ts";

/** `memory` in KiB. The second recommendation of RFC 9106 with one lane: Node computes lanes one after the other. */
type Cost = { memory: number; passes: number; parallelism: number };
const cost: Cost = { memory: 65_536, passes: 3, parallelism: 1 };
const tagBytes = 32;
const saltBytes = 16;

/** Characters, not bytes. */
const shortest = 12;
const longest = 256;

/** Computations at a time, each with its 64 MiB, and how many may wait. */
const turns = new Turns({ atOnce: 2, mostWaiting: 32 });

/** Throws ConfigError on a Node that has no Argon2. */
export function needArgon2(): void {
  if (typeof crypto.argon2 === "function") return;
  throw new ConfigError(
    `The team face keeps passwords with Argon2, which needs Node 24.7 or newer; this is ${process.version}.`,
  );
}

/** Throws `weak-password`. */
export function checkPassword(password: string, login: string): void {
  const { length } = Array.from(password.normalize("NFKC"));
  if (length < shortest || length > longest || password.toLowerCase() === login)
    throw new StowageError("weak-password");
}

/** The password in PHC form: `$argon2id$v=19$m=65536,t=3,p=1$SALT$HASH`. Throws `busy` when too many wait. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.randomBytes(saltBytes);
  const { memory, passes, parallelism } = cost;
  const tag = await derive(password, salt, tagBytes, cost);
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

let unknown: Promise<string> | null = null;

/**
 * Whether this is the password. Without one to compare with (nobody of this login, or nobody who has chosen a password) it takes
 * as long and is false. Throws `busy` when too many wait.
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  unknown ??= hashPassword(crypto.randomBytes(16).toString("hex"));
  unknown.catch(() => (unknown = null));
  const parsed = parse(kept ?? (await unknown));
  const tag = await derive(password, parsed.salt, parsed.tag.length, parsed.cost);
  return crypto.timingSafeEqual(tag, parsed.tag) && kept !== null;
}

/** Whether it was kept with a cost that is no longer ours. */
export function isOutdated(kept: string): boolean {
  return JSON.stringify(parse(kept).cost) !== JSON.stringify(cost);
}

function parse(kept: string): { cost: Cost; salt: Buffer; tag: Buffer } {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(kept);
  if (!found) throw new StowageError("internal", "a password is kept in a form that is not ours");
  const [, memory, passes, parallelism, salt = "", tag = ""] = found;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, "base64"),
    tag: Buffer.from(tag, "base64"),
  };
}

function derive(password: string, nonce: Buffer, tagLength: number, cost: Cost): Promise<Buffer> {
  // The same letters may be typed as one code point or as several: macOS takes Hangul apart.
  const message = password.normalize("NFKC").slice(0, longest * 4);
  return turns.take(
    () =>
      new Promise((resolve, reject) =>
        crypto.argon2("argon2id", { message, nonce, tagLength, ...cost }, (error, tag) =>
          error ? reject(error) : resolve(tag),
        ),
      ),
  );
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
