import { openEngineExec } from "../../lib/server/sources/docker/engine-exec.ts";
import type { Engine } from "../../lib/server/sources/docker/engine.ts";

/** An engine that the contract is asked of. */
export type EngineDoor = {
  readonly engine: Engine;
  /** Is on its disk and has a shell. */
  readonly image: string;
  readonly registry: string;
  /** In the registry; may be on the disk too. */
  readonly pullable: string;
};

/** What everything carries that a contract makes: only that is pruned. */
export const mark = "stowage-contract";
/** A name of which there is no other, here or in another run. */
export const ownName = (what: string) => `${mark}-${what}-${process.pid}`;

export type Inspected = {
  Id: string;
  Name: string;
  Image: string;
  State: { Status: string; Running: boolean; Paused: boolean; Restarting: boolean; ExitCode: number };
  Config: { Labels: Record<string, string> | null; Env: string[] | null; Image: string };
};

/** Says two words and then does nothing. */
const idle = ["sh", "-c", "echo here; sleep 1; echo there; sleep 600"];

/** Makes and starts a container that idles. */
export async function idleContainer({ engine, image }: EngineDoor, name: string, host: object = {}): Promise<string> {
  const body = {
    Image: image,
    Entrypoint: [],
    Cmd: idle,
    Labels: { [mark]: String(process.pid) },
    Env: ["GREETING=hello"],
    HostConfig: { NetworkMode: "none", ...host },
  };
  const made = (await engine.json({ method: "POST", path: `/containers/create?name=${name}`, body })) as { Id: string };
  await act(engine, made.Id, "start");
  return made.Id;
}

export async function inspect(engine: Engine, container: string): Promise<Inspected> {
  return (await engine.json({ path: `/containers/${container}/json` })) as Inspected;
}

/** The status of the answer. Throws what Engine.open throws. */
export async function act(engine: Engine, container: string, verb: string): Promise<number> {
  const { status, body } = await engine.open({ method: "POST", path: `/containers/${container}/${verb}` });
  body.resume();
  return status;
}

export async function removeContainer(engine: Engine, container: string): Promise<void> {
  await engine.json({ method: "DELETE", path: `/containers/${container}?force=true&v=true` });
}

/** What a command without a terminal said, and its exit code. */
export async function runCommandIn(
  engine: Engine,
  container: string,
  command: readonly string[],
): Promise<{ said: string; code: number }> {
  const exec = await openEngineExec(engine, container, { command, tty: false });
  return await new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    exec.listen({
      output: (bytes) => void parts.push(bytes),
      end: (end) =>
        end.type === "exit"
          ? resolve({ said: Buffer.concat(parts).toString("utf8"), code: end.code })
          : reject(end.error),
    });
  });
}

/** What `filters=` takes. */
export function filtered(filters: Readonly<Record<string, readonly string[]>>): string {
  return `filters=${encodeURIComponent(JSON.stringify(filters))}`;
}
