import type { KubeObject } from "../../../protocol/object.ts";
import type { LogSource } from "./logs.ts";
import type { Resource } from "./resources.ts";
import type { Store } from "./store.ts";

/** What becomes of what an object owns when it is deleted. */
export type Propagation = "Background" | "Foreground" | "Orphan";

/** What stands behind the API: the objects, and those who live by them and answer to each write. */
export type Backend = {
  readonly store: Store;
  readonly logs: LogSource;
  /** ms since the epoch. */
  now: () => number;
  newUid(): string;
  /** What is put behind a generated name. */
  newSuffix(): string;
  /** Keeps a new object that was found to be good; gives it as it is kept. */
  create(resource: Resource, object: KubeObject): KubeObject;
  /** Keeps what an object has become; gives it as it is kept, or as it was when it went by this write. */
  write(resource: Resource, before: KubeObject, after: KubeObject): KubeObject;
  /** Deletes; gives what is left until it is gone, null when it is. */
  remove(
    resource: Resource,
    object: KubeObject,
    propagation: Propagation,
    graceSeconds: number | null,
  ): KubeObject | null;
  /** Begins the program of an exec in a running container. */
  run(
    pod: KubeObject,
    container: string,
    command: readonly string[],
    terminal: Terminal,
  ): Running | { missing: string };
};

/** Where a program of a container reads and writes. */
export type Terminal = {
  tty: boolean;
  write(stream: "stdout" | "stderr", text: string): void;
  /** It has ended with this code. */
  exit(code: number): void;
};

/** A program that runs in a container. */
export type Running = {
  input(text: string): void;
  endOfInput(): void;
  resize(columns: number, rows: number): void;
  kill(): void;
};
