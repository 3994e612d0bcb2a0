import { slugsOf } from "../slug.ts";
import { parseEngineAddress, printEngineAddress } from "./engine-address.ts";
import type { EngineSource } from "./engine-source.ts";
import { engineSource } from "./engine-source.ts";
import { Engine } from "./engine.ts";
import type { FindOptions, FoundEngine } from "./find-engines.ts";
import { findEngines, nameOfSocket, readTls } from "./find-engines.ts";

export type EngineOptions = FindOptions & {
  /** Addresses, each with a name or not (`build=tcp://build-1:2376`), `auto` for those of the Docker client, or none. */
  readonly engines: "auto" | readonly string[];
  /** Slugs that other sources have. */
  readonly taken: readonly string[];
};

export type OpenEngines = {
  readonly sources: readonly EngineSource[];
  readonly lookedFor: readonly string[];
  readonly problems: readonly string[];
};

/** One source for each engine. Nothing is connected. */
export async function openEngines(options: EngineOptions): Promise<OpenEngines> {
  const found =
    options.engines === "auto" ? await findEngines(options) : await namedEngines(options.engines, options.env);
  // A cluster and an engine may well have the same name: docker-desktop is both.
  const names = found.engines.map(({ name }) => (options.taken.includes(name) ? `${name}-engine` : name));
  const slugs = slugsOf(numbered(names));
  const sources = found.engines.map(({ address, tls }, index) => {
    const slug = slugs[index] ?? "";
    return engineSource(new Engine(address, tls), { slug, title: names[index] ?? slug });
  });
  return { sources, lookedFor: found.lookedFor, problems: found.problems };
}

async function namedEngines(
  texts: readonly string[],
  env: FindOptions["env"],
): Promise<{ engines: FoundEngine[]; lookedFor: string[]; problems: string[] }> {
  const problems: string[] = [];
  const engines: FoundEngine[] = [];
  const certificates = env["DOCKER_CERT_PATH"] ?? null;
  for (const text of texts) {
    const [, given, where = ""] = /^(?:([\w.-]+)=)?(.*)$/s.exec(text) ?? [];
    const address = parseEngineAddress(where, { tls: certificates !== null });
    if (!address) {
      problems.push(`“${text}” is no address of an engine: unix:///PATH, tcp://HOST:PORT or ssh://USER@HOST`);
      continue;
    }
    const tls = address.type === "tcp" && address.tls ? await readTls(certificates, true, problems) : null;
    const name = given ?? (address.type === "unix" ? nameOfSocket(address.path) : address.host);
    if (!engines.some((known) => printEngineAddress(known.address) === printEngineAddress(address)))
      engines.push({ name, address, tls });
  }
  return { engines, lookedFor: ["--engines"], problems };
}

/** The second of two engines of one name is told by its place: their addresses are too long to read. */
function numbered(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}-${before + 1}`;
  });
}
