import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { parseArgs } from "node:util";

import { ConfigError } from "../config/parse-config.ts";
import { shortestSecret } from "./signature.ts";

export type ReaderOptions = {
  /** Path of containerd's socket. */
  readonly socket: string;
  readonly host: string;
  readonly port: number;
  /** What requests are signed with; null, on a loopback address only, for none. */
  readonly secret: string | null;
  readonly namespace: string;
  readonly snapshotters: readonly string[];
  /** The node's name; requests for another are refused. null for any. */
  readonly node: string | null;
  readonly help: boolean;
};

const options = {
  socket: {
    env: "STOWAGE_READER_SOCKET",
    value: "PATH",
    standard: "/run/containerd/containerd.sock",
    help: "containerd's socket",
  },
  listen: {
    env: "STOWAGE_READER_LISTEN",
    value: "ADDRESS:PORT",
    standard: "127.0.0.1:7118",
    help: "where to listen",
  },
  "secret-file": {
    env: "STOWAGE_READER_SECRET_FILE",
    value: "FILE",
    standard: "",
    help: `what requests are signed with, ${shortestSecret} characters or more; needed on any other address than a loopback one`,
  },
  "containerd-namespace": {
    env: "STOWAGE_READER_NAMESPACE",
    value: "NAME",
    standard: "k8s.io",
    help: "containerd's namespace",
  },
  snapshotters: {
    env: "STOWAGE_READER_SNAPSHOTTERS",
    value: "NAMES",
    standard: "overlayfs",
    help: "snapshotters that images are unpacked in, comma-separated; those of containers are found",
  },
  node: {
    env: "STOWAGE_READER_NODE",
    value: "NAME",
    standard: "",
    help: "the node's name; requests for another are refused",
  },
} as const;
type OptionName = keyof typeof options;

export function readerUsage(): string {
  const lines = Object.entries(options).map(([name, { value, help, standard, env }]) => {
    return `  --${`${name} ${value}`.padEnd(30)} ${help}${standard === "" ? "" : ` (${standard})`} [${env}]`;
  });
  return ["Usage: npm run node-reader -- [options]", "", ...lines, ""].join("\n");
}

/** Reads flags and environment, flags first, and the secret's file. Throws ConfigError. */
export function parseReaderOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ReaderOptions {
  const flags = flagsOf(args);
  const text = (name: OptionName): string => {
    const flag = flags[name];
    return (typeof flag === "string" ? flag : env[options[name].env]) || options[name].standard;
  };
  const { host, port } = addressOf(text("listen"));
  const secret = secretOf(text("secret-file"));
  if (secret === null && !isLoopback(host)) {
    throw new ConfigError(
      `On ${host} everybody could ask. Name a file with a secret by --secret-file, or listen on 127.0.0.1.`,
    );
  }
  return {
    socket: text("socket"),
    host,
    port,
    secret,
    namespace: text("containerd-namespace"),
    snapshotters: text("snapshotters")
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean),
    node: text("node") || null,
    help: flags["help"] === true,
  };
}

function flagsOf(args: readonly string[]): Readonly<Record<string, unknown>> {
  try {
    const known = Object.keys(options).map((name) => [name, { type: "string" as const }]);
    return parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(known), help: { type: "boolean", short: "h" } },
      strict: true,
      allowPositionals: false,
    }).values;
  } catch (cause) {
    throw new ConfigError(`${cause instanceof Error ? cause.message : String(cause)}\n\n${readerUsage()}`);
  }
}

function addressOf(text: string): { host: string; port: number } {
  const said = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const port = Number(said?.[3]);
  if (!said || port > 65_535)
    throw new ConfigError(`--listen takes an address and a port such as 127.0.0.1:7118 or [::]:7118, not "${text}".`);
  return { host: said[1] ?? said[2] ?? "", port };
}

function secretOf(file: string): string | null {
  if (file === "") return null;
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new ConfigError(`The secret cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  if (text.length >= shortestSecret) return text;
  throw new ConfigError(
    `The secret in ${file} needs ${shortestSecret} characters or more, for example from: openssl rand -base64 32`,
  );
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
