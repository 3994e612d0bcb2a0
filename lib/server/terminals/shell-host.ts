import type { Credential, Person } from "../access/person.ts";
import { hasRole } from "../access/person.ts";
import { openEngineExec } from "../sources/docker/engine-exec.ts";
import type { EngineSource } from "../sources/docker/engine-source.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import type { ExecListener } from "../sources/kubernetes/exec-stream.ts";
import { mayExec } from "./may-exec.ts";
import { openExec } from "./open-exec.ts";

/** A command that runs in a container. Both directions have backpressure: see ExecStream, which is one of a cluster. */
export type ShellStream = {
  listen(listener: ExecListener): void;
  write(bytes: Uint8Array): Promise<void>;
  resize(columns: number, rows: number): void;
  pause(): void;
  resume(): void;
  close(): void;
};

/** A container: of a pod, or with `namespace` and `pod` empty of an engine. */
export type ShellTarget = { readonly namespace: string; readonly pod: string; readonly container: string };

/** Where containers run, as one person reaches them. */
export type ShellHost = {
  readonly slug: string;
  /** Whether the person may open a terminal there, asked anew. Throws what the source throws. */
  mayOpen(target: ShellTarget): Promise<boolean>;
  /** Runs a command, with a terminal and input or without both. Throws `not-found`, `forbidden`, `conflict`, `source-unreachable`. */
  exec(target: ShellTarget, run: { command: readonly string[]; tty: boolean }): Promise<ShellStream>;
};

/** A cluster decides by the rights of the person's own credential. */
export function clusterShells(source: ClusterSource, credential: Credential): ShellHost {
  return {
    slug: source.slug,
    mayOpen: (target) => mayExec(source, credential, target),
    exec: (target, run) => openExec(source, credential, { ...target, ...run }),
  };
}

/** An engine knows no people: a shell in one of its containers is for operators, since it may be worth as much as the machine. */
export function engineShells({ slug, engine }: EngineSource, person: Person): ShellHost {
  return {
    slug,
    mayOpen: () => Promise.resolve(hasRole(person, "operator")),
    exec: (target, run) => openEngineExec(engine, target.container, run),
  };
}
