import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

import type { EngineTls } from "./dial-engine.ts";
import { parseEngineAddress, printEngineAddress } from "./engine-address.ts";
import type { EngineAddress } from "./engine-address.ts";

/** An engine that the configuration names, whether or not anybody answers there. */
export type FoundEngine = {
  /** A context's name, or the host of the address. */
  readonly name: string;
  readonly address: EngineAddress;
  readonly tls: EngineTls | null;
};

export type FoundEngines = {
  /** The one that the Docker client would use first. Each address once. */
  readonly engines: readonly FoundEngine[];
  readonly lookedFor: readonly string[];
  readonly problems: readonly string[];
};

export type FindOptions = {
  /** DOCKER_HOST, DOCKER_CONTEXT, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH, DOCKER_CONFIG and XDG_RUNTIME_DIR are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
};

const standardSocket = "/var/run/docker.sock";
const contextSchema = z.object({
  Name: z.string(),
  Endpoints: z.object({
    docker: z.object({ Host: z.string().default(""), SkipTLSVerify: z.boolean().default(false) }),
  }),
});
const configSchema = z.object({ currentContext: z.string().optional() });

/**
 * The engines of this machine's Docker client: `DOCKER_HOST` alone where it is set, else every context and the sockets that are
 * there, rootless Docker's and Podman's too. Nothing is connected.
 */
export async function findEngines({ env, home }: FindOptions): Promise<FoundEngines> {
  const problems: string[] = [];
  const folder = env["DOCKER_CONFIG"] || join(home, ".docker");
  if (env["DOCKER_HOST"]) return await fromHost(env["DOCKER_HOST"], env, folder, problems);
  const lookedFor = [join(folder, "contexts")];
  const contexts = await readContexts(folder, problems);
  const current = env["DOCKER_CONTEXT"] || (await currentContext(folder, problems));
  if (current && current !== "default" && !contexts.some(({ name }) => name === current))
    problems.push(`there is no Docker context “${current}” in ${join(folder, "contexts")}`);
  const sockets = socketsOf(env).map((path): FoundEngine | null => {
    lookedFor.push(path);
    return existsSync(path) ? { name: nameOfSocket(path), address: { type: "unix", path }, tls: null } : null;
  });
  const found = [
    ...contexts.filter(({ name }) => name === current),
    ...sockets.filter((engine) => engine !== null),
    ...contexts.filter(({ name }) => name !== current),
  ];
  const byAddress = new Map(found.toReversed().map((engine) => [printEngineAddress(engine.address), engine]));
  return { engines: [...byAddress.values()].toReversed(), lookedFor, problems };
}

async function fromHost(
  host: string,
  env: FindOptions["env"],
  folder: string,
  problems: string[],
): Promise<FoundEngines> {
  const verify = Boolean(env["DOCKER_TLS_VERIFY"]);
  const certificates = env["DOCKER_CERT_PATH"] || (verify ? folder : null);
  const address = parseEngineAddress(host, { tls: verify || certificates !== null });
  if (!address) {
    problems.push("DOCKER_HOST is no address of an engine: unix:///PATH, tcp://HOST:PORT or ssh://USER@HOST");
    return { engines: [], lookedFor: ["DOCKER_HOST"], problems };
  }
  const tls = address.type === "tcp" && address.tls ? await readTls(certificates, verify, problems) : null;
  const name = address.type === "unix" ? nameOfSocket(address.path) : address.host;
  return { engines: [{ name, address, tls }], lookedFor: ["DOCKER_HOST"], problems };
}

async function readContexts(folder: string, problems: string[]): Promise<FoundEngine[]> {
  const root = join(folder, "contexts", "meta");
  const ids = await readdir(root).catch(() => [] as string[]);
  const found: FoundEngine[] = [];
  for (const id of ids.toSorted()) {
    const file = join(root, id, "meta.json");
    try {
      const { Name: name, Endpoints } = contextSchema.parse(JSON.parse(await readFile(file, "utf8")));
      // Docker keeps a context under the hash of its name.
      const keys = join(folder, "contexts", "tls", createHash("sha256").update(name).digest("hex"), "docker");
      const hasKeys = existsSync(keys);
      const address = parseEngineAddress(Endpoints.docker.Host, { tls: hasKeys });
      if (!address) throw new Error(`${Endpoints.docker.Host || "an empty host"} is no address of an engine`);
      const tls = hasKeys ? await readTls(keys, !Endpoints.docker.SkipTLSVerify, problems) : null;
      found.push({ name, address, tls });
    } catch (error) {
      problems.push(`${file}: ${error instanceof z.ZodError ? "it is no Docker context" : messageOf(error)}`);
    }
  }
  return found;
}

export async function readTls(folder: string | null, verify: boolean, problems: string[]): Promise<EngineTls> {
  const read = async (name: string) => {
    if (folder === null) return null;
    try {
      return await readFile(join(folder, name), "utf8");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT"))
        problems.push(`${join(folder, name)}: ${messageOf(error)}`);
      return null;
    }
  };
  return { ca: await read("ca.pem"), certificate: await read("cert.pem"), key: await read("key.pem"), verify };
}

async function currentContext(folder: string, problems: string[]): Promise<string | null> {
  const file = join(folder, "config.json");
  try {
    return configSchema.parse(JSON.parse(await readFile(file, "utf8"))).currentContext ?? null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    problems.push(`${file}: ${error instanceof z.ZodError ? "it is no docker config" : messageOf(error)}`);
    return null;
  }
}

function socketsOf(env: FindOptions["env"]): string[] {
  const own = env["XDG_RUNTIME_DIR"];
  const rootless = own ? [join(own, "docker.sock"), join(own, "podman", "podman.sock")] : [];
  return [standardSocket, ...rootless, "/run/podman/podman.sock"];
}

export function nameOfSocket(path: string): string {
  return path.includes("podman") ? "podman" : "docker";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
