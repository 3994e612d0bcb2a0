import { familiarName, parseImageReference } from "../../../shared/image-reference.ts";
import type { Running } from "../api/backend.ts";
import type { DemoImage } from "../images/catalog.ts";
import { imageOf } from "../images/catalog.ts";
import type { ContainerShape } from "../life/app.ts";
import { Chance } from "../life/random.ts";

export type ContainerState = "created" | "running" | "paused" | "restarting" | "exited";

/** One container of the engine. Times are milliseconds since the epoch, sizes bytes, CPUs whole ones. */
export type EngineContainer = {
  readonly id: string;
  name: string;
  /** As it was asked for. */
  readonly image: string;
  readonly imageId: string;
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly user: string;
  readonly tty: boolean;
  readonly created: number;
  readonly log: ContainerShape["log"];
  readonly network: string;
  readonly address: string;
  readonly ports: readonly { readonly own: number; readonly host: number | null }[];
  readonly volumes: readonly { readonly name: string; readonly path: string; readonly readOnly: boolean }[];
  readonly memory: number;
  readonly cpus: number;
  readonly restart: string;
  readonly readOnlyRoot: boolean;
  readonly writable: number;
  readonly changed: readonly string[];
  /** Ends a few seconds after each start. */
  readonly fails: boolean;
  /** When it ran, oldest first, without its pauses; `to` is null for now. */
  runs: { readonly from: number; to: number | null }[];
  /** The command that it runs now, where that is one that runs in earnest. */
  program: Running | null;
  /** What such commands have said; null for a container whose log is made up. */
  said: EngineLine[] | null;
  state: ContainerState;
  health: "healthy" | "unhealthy" | "starting" | null;
  started: number;
  finished: number;
  exitCode: number;
  restarts: number;
  pid: number;
};

export type EngineLine = { readonly at: number; readonly stream: "stdout" | "stderr"; readonly text: string };

export type EngineVolume = {
  readonly name: string;
  readonly created: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly bytes: number;
};
export type EngineNetwork = {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly subnet: string;
  readonly created: number;
  readonly labels: Readonly<Record<string, string>>;
};
export type KeptImage = { readonly image: DemoImage; readonly names: Set<string> };

export type EngineEvent = {
  readonly type: string;
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly at: number;
};

/** Events that are told to whoever asks what was. */
const maxHistory = 2_000;
/** Runs of a container whose log is kept. */
const maxRuns = 40;

/** What an engine has on its machine, and what happens there. */
export class EngineWorld {
  readonly chance: Chance;
  readonly containers = new Map<string, EngineContainer>();
  readonly images = new Map<string, KeptImage>();
  readonly volumes = new Map<string, EngineVolume>();
  readonly networks = new Map<string, EngineNetwork>();
  readonly history: EngineEvent[] = [];
  readonly listeners = new Set<(event: EngineEvent) => void>();
  readonly now: () => number;

  constructor(seed: number, now: () => number) {
    this.chance = new Chance(seed);
    this.now = now;
  }

  tell(type: string, action: string, id: string, attributes: Readonly<Record<string, string>>, at = this.now()): void {
    const event = { type, action, id, attributes, at };
    this.history.push(event);
    if (this.history.length > maxHistory) this.history.shift();
    for (const listener of this.listeners) listener(event);
  }

  tellOf(container: EngineContainer, action: string, more: Readonly<Record<string, string>> = {}): void {
    this.tell("container", action, container.id, {
      image: container.image,
      name: container.name,
      ...container.labels,
      ...more,
    });
  }

  /** By id, the beginning of one, or name; undefined for none. */
  container(word: string): EngineContainer | undefined {
    const all = [...this.containers.values()];
    return (
      this.containers.get(word) ??
      all.find(({ name }) => name === word) ??
      (word.length >= 4 ? all.find(({ id }) => id.startsWith(word)) : undefined)
    );
  }

  /** By id, with or without its algorithm or in part, by name, or by the digest of its index. */
  image(word: string): KeptImage | undefined {
    const id = word.replace(/^sha256:/, "");
    const reference = parseImageReference(word);
    const name = reference?.digest === null ? nameOf(word) : null;
    for (const kept of this.images.values()) {
      if (name !== null && kept.names.has(name)) return kept;
      if (/^[0-9a-f]{6,64}$/.test(id) && kept.image.id.slice(7).startsWith(id)) return kept;
      if (reference?.digest !== kept.image.indexDigest) continue;
      const repository = familiarName({ ...reference, tag: null, digest: null });
      if (repositoriesOf(kept).includes(repository)) return kept;
    }
    return undefined;
  }

  /** Has an image under a name, as after a pull; the name leads to no other any more. */
  keep(word: string, image: DemoImage = imageOf(word)): KeptImage {
    const name = nameOf(word);
    for (const kept of this.images.values()) if (kept.image.id !== image.id) kept.names.delete(name);
    const known = this.images.get(image.id);
    if (known) {
      known.names.add(name);
      return known;
    }
    const kept = { image, names: new Set([name]) };
    this.images.set(image.id, kept);
    return kept;
  }

  usersOf(imageId: string): EngineContainer[] {
    return [...this.containers.values()].filter((container) => container.imageId === imageId);
  }

  start(container: EngineContainer): void {
    Object.assign(container, {
      state: "running",
      started: this.now(),
      pid: 2_000 + Math.floor(this.chance.between(0, 28_000)),
    });
    this.goOn(container);
    if (container.health !== null) container.health = "starting";
    this.tellOf(container, "start");
  }

  /** Its processes run from now on. */
  goOn(container: EngineContainer): void {
    container.runs = [...container.runs.slice(1 - maxRuns), { from: this.now(), to: null }];
  }

  /** They do so no more, for now or for good. */
  rest(container: EngineContainer): void {
    const run = container.runs.at(-1);
    if (run) run.to ??= this.now();
  }

  end(container: EngineContainer, exitCode: number): void {
    this.rest(container);
    container.program?.kill();
    container.program = null;
    Object.assign(container, { state: "exited", finished: this.now(), exitCode, pid: 0 });
    this.tellOf(container, "die", { exitCode: String(exitCode) });
  }

  remove(container: EngineContainer): void {
    this.containers.delete(container.id);
    this.tellOf(container, "destroy");
  }
}

/** As an engine writes it: without `docker.io`, with a tag. */
export function nameOf(word: string): string {
  const reference = parseImageReference(word);
  return reference ? familiarName({ ...reference, tag: reference.tag ?? "latest", digest: null }) : word;
}

/** Repositories that it has a name in, each once. */
function repositoriesOf({ names }: KeptImage): string[] {
  return [...new Set([...names].map((name) => name.slice(0, name.lastIndexOf(":"))))];
}
