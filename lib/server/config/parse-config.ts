import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { parseArgs } from "node:util";

import { options, secretOptions } from "./options.ts";
import type { OptionName } from "./options.ts";

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly face: "local" | "team" | "status";
  /** As in KUBECONFIG; null asks for the usual places. */
  readonly kubeconfig: string | null;
  readonly contexts: readonly string[];
  readonly namespaces: readonly string[];
  /** `auto` for the engines of the Docker client of whoever runs the server, else addresses. */
  readonly engines: "auto" | readonly string[];
  /** As parseNodeReaders takes it. */
  readonly nodeReaders: string;
  /** What requests to readers on nodes are signed with, null for none. */
  readonly nodeReaderSecret: string | null;
  /** The YAML file of the registries that may be asked, null for none. */
  readonly registries: string | null;
  readonly allowedHosts: readonly string[];
  readonly idleMs: number;
  /** `asked`: by `--demo`; `if-lonely`: when there is nothing to connect to and nobody said where to look. */
  readonly demo: "asked" | "if-lonely" | "never";
  /** As openDatabase takes it; null for the usual place. */
  readonly database: string | null;
  /** Accounts that are admins whatever the table of people says. */
  readonly admins: readonly string[];
  /** Addresses and networks (`10.0.0.0/8`) of proxies whose word about a request is believed. */
  readonly trustedProxies: readonly string[];
  /** What people's tokens are sealed with, null for a key file beside the database. */
  readonly secretKey: string | null;
  /** The YAML file of the status page's components, null for none. */
  readonly statusConfig: string | null;
  /** Where the face `status` keeps the last document, null for the usual place. */
  readonly statusCopy: string | null;
  readonly demoNodes: number;
  readonly demoPods: number;
  /** Changes a second. */
  readonly demoChurn: number;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  /** The API token of the local face, null for none. */
  readonly token: string | null;
  readonly dev: boolean;
  readonly help: boolean;
};

/** That of a server with the console. */
export type ConsoleConfig = Config & { readonly face: "local" | "team" };

/** A configuration that cannot be used; the message says what to change. */
export class ConfigError extends Error {}

/** Reads flags and environment, flags first. Throws ConfigError. */
export function parseConfig(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Config {
  const flags = parseFlags(args);
  const text = (name: OptionName): string => {
    const value = flags[name] ?? env[options[name].env];
    return typeof value === "string" && value !== "" ? value : options[name].standard;
  };
  const config: Config = {
    port: integer("port", text("port"), 0, 65_535),
    host: text("host"),
    face: oneOf("face", text("face"), ["local", "team", "status"]),
    kubeconfig: stringFlag(flags["kubeconfig"]) ?? env["KUBECONFIG"] ?? null,
    contexts: list(text("contexts")),
    namespaces: list(text("namespaces")),
    engines: enginesOf(text("engines"), text("face")),
    nodeReaders: text("node-readers"),
    nodeReaderSecret: secret("STOWAGE_NODE_READER_SECRET", env),
    registries: text("registries") || null,
    allowedHosts: list(text("allowed-hosts")),
    idleMs: integer("idle-seconds", text("idle-seconds"), 0, 86_400) * 1000,
    demo: demoOf(flags, env),
    database: databaseOf(text("database")),
    admins: list(text("admins")).map(accountOf),
    trustedProxies: list(text("trusted-proxy")).map(networkOf),
    secretKey: keyOf(secret("STOWAGE_SECRET_KEY", env)),
    statusConfig: text("status-config") || null,
    statusCopy: text("status-copy") || null,
    demoNodes: integer("demo-nodes", text("demo-nodes"), 1, 5_000),
    demoPods: integer("demo-pods", text("demo-pods"), 0, 150_000),
    demoChurn: integer("demo-churn", text("demo-churn"), 0, 10_000),
    logLevel: oneOf("log-level", text("log-level"), ["debug", "info", "warn", "error"]),
    token: secret("STOWAGE_TOKEN", env),
    dev: flags["dev"] === true,
    help: flags["help"] === true,
  };
  if (config.face === "local" && !isLoopback(config.host)) {
    throw new ConfigError(
      `The local face has no sign-in and may listen on a loopback address only, not on ${config.host}. ` +
        "Use --face team, where people sign in, or leave --host out.",
    );
  }
  return config;
}

export function usage(): string {
  const demo = `  --demo${" ".repeat(20)}open the demo world, whatever there is to connect to [STOWAGE_DEMO=1]`;
  const lines = Object.entries(options).map(([name, option]) => {
    const standard = option.standard === "" ? "" : ` (${option.standard})`;
    return `  --${`${name} ${option.value}`.padEnd(24)} ${option.help}${standard} [${option.env}]`;
  });
  const secrets = Object.entries(secretOptions).map(([name, help]) => `  ${name.padEnd(26)} ${help}`);
  return ["Usage: npm start -- [options]", "", demo, ...lines, "", "Environment only:", ...secrets, ""].join("\n");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));
}

function parseFlags(args: readonly string[]): Readonly<Record<string, unknown>> {
  const known = Object.keys(options).map((name) => [name, { type: "string" as const }]);
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...Object.fromEntries(known),
        demo: { type: "boolean" },
        dev: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
      strict: true,
      allowPositionals: false,
    });
    return values;
  } catch (cause) {
    throw new ConfigError(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage()}`);
  }
}

/** Whoever names a kubeconfig or a context means it, and wants to hear when it is not there. */
function demoOf(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): Config["demo"] {
  if (flags["demo"] === true || env["STOWAGE_DEMO"] === "1") return "asked";
  const named = [
    flags["kubeconfig"],
    env["KUBECONFIG"],
    flags["contexts"],
    env["STOWAGE_CONTEXTS"],
    flags["engines"],
    env["STOWAGE_ENGINES"],
    env["DOCKER_HOST"],
    flags["face"],
    env["STOWAGE_FACE"],
  ];
  return named.some((value) => value !== undefined && value !== "") ? "never" : "if-lonely";
}

/** An engine is worth as much as the machine: a team's server opens those that somebody named. */
function enginesOf(text: string, face: string): Config["engines"] {
  if (text === "auto" || (text === "" && face === "local")) return "auto";
  return text === "none" ? [] : list(text);
}

function databaseOf(text: string): string | null {
  if (text === "") return null;
  if (/^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(text)) return text;
  throw new ConfigError(
    `--database takes sqlite:FILE or postgres://USER@HOST/NAME, not "${text.replace(/:.*/s, ":…")}".`,
  );
}

function accountOf(text: string): string {
  if (/^(kubernetes|local):.+$/.test(text)) return text;
  throw new ConfigError(`--admins takes accounts such as kubernetes:alice or local:bob, not "${text}".`);
}

function networkOf(text: string): string {
  const [address = "", bits, more] = text.split("/");
  const most = isIP(address) === 6 ? 128 : 32;
  if (isIP(address) !== 0 && more === undefined && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most)))
    return text;
  throw new ConfigError(`--trusted-proxy takes addresses or networks such as 10.0.0.0/8, not "${text}".`);
}

function keyOf(text: string | null): string | null {
  if (text === null || text.length >= 32) return text;
  throw new ConfigError("STOWAGE_SECRET_KEY needs 32 characters or more, for example from: openssl rand -base64 32");
}

function stringFlag(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function integer(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ConfigError(`--${name} takes a whole number from ${least} to ${most}, not "${text}".`);
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text);
  if (found !== undefined) return found;
  throw new ConfigError(`--${name} takes ${allowed.join(" or ")}, not "${text}".`);
}

function list(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** A secret from its variable, or from the file that the variable with `_FILE` names. */
function secret(name: keyof typeof secretOptions, env: Readonly<Record<string, string | undefined>>): string | null {
  const file = env[`${name}_FILE`];
  if (env[name]) return env[name];
  if (!file) return null;
  try {
    const text = readFileSync(file, "utf8").trim();
    if (text !== "") return text;
  } catch (cause) {
    throw new ConfigError(
      `${name}_FILE names ${file}, which cannot be read: ${cause instanceof Error ? cause.message : ""}`,
    );
  }
  throw new ConfigError(`${name}_FILE names ${file}, which is empty.`);
}
