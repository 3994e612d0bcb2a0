import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { clusterSchema, contextSchema, userSchema } from "./kubeconfig-schema.ts";
import type { ClusterEntry, ContextEntry, UserEntry } from "./kubeconfig-schema.ts";

/** One named entry of a file: its value with paths made absolute, or what is wrong with it. */
export type Entry<T> = { readonly file: string } & ({ readonly value: T } | { readonly problem: string });

/** What one kubeconfig file says; entries by name. One that the file repeats is a problem, as it is to kubectl. */
export type KubeconfigFile = {
  readonly path: string;
  readonly currentContext: string | null;
  readonly clusters: ReadonlyMap<string, Entry<ClusterEntry>>;
  readonly users: ReadonlyMap<string, Entry<UserEntry>>;
  readonly contexts: ReadonlyMap<string, Entry<ContextEntry>>;
};

const maxFile = 16 * 1024 * 1024;

/** Reads one file. Null when it is not there; throws an Error in plain words, without the file's text, when it cannot be read. */
export async function readKubeconfigFile(path: string): Promise<KubeconfigFile | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new Error(
      code === "EACCES" ? "it may not be read: check its owner and mode" : `it cannot be read (${String(code)})`,
      { cause: error },
    );
  }
  if (text.length > maxFile) throw new Error("it is larger than 16 MiB");
  return parseKubeconfig(path, text);
}

function parseKubeconfig(path: string, text: string): KubeconfigFile {
  const root = rootOf(text);
  return {
    path,
    currentContext:
      typeof root["current-context"] === "string" && root["current-context"] !== "" ? root["current-context"] : null,
    clusters: entriesOf(root["clusters"], "cluster", clusterSchema, path, (cluster) =>
      absolute(path, cluster, ["certificate-authority"]),
    ),
    users: entriesOf(root["users"], "user", userSchema, path, (user) => {
      const paths = absolute(path, user, ["client-certificate", "client-key", "tokenFile"]);
      const exec = user.exec ?? null;
      // A bare word is looked up in PATH; anything with a slash is beside the file, as kubectl has it.
      if (exec?.command == null || !/[\\/]/.test(exec.command)) return paths;
      return { ...paths, exec: absolute(path, exec, ["command"]) };
    }),
    contexts: entriesOf(root["contexts"], "context", contextSchema, path, (context) => context),
  };
}

function rootOf(text: string): Record<string, unknown> {
  const document = parseDocument(text, {
    // As Go reads it: `yes` and `n` are booleans. Dates stay text, as they do there.
    version: "1.1",
    customTags: (tags) => tags.filter((tag) => typeof tag === "string" || tag.tag !== "tag:yaml.org,2002:timestamp"),
    // Pretty errors would quote the line, and a line may be a token.
    prettyErrors: false,
    logLevel: "silent",
  });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split("\n").length;
    throw new Error(`line ${line} is not YAML (${error.code.toLowerCase().replaceAll("_", " ")})`);
  }
  const root: unknown = document.toJS({ maxAliasCount: 1000 });
  if (root === null || root === undefined) return {};
  if (typeof root !== "object" || Array.isArray(root)) throw new Error("it is not a kubeconfig");
  return root as Record<string, unknown>;
}

function entriesOf<T>(
  list: unknown,
  field: "cluster" | "user" | "context",
  schema: z.ZodType<T>,
  file: string,
  finish: (value: T) => T,
): ReadonlyMap<string, Entry<T>> {
  const entries = new Map<string, Entry<T>>();
  if (!Array.isArray(list)) return entries;
  for (const item of list as unknown[]) {
    const named = z.looseObject({ name: z.string().min(1) }).safeParse(item);
    // Without a name nothing can refer to it, so nothing breaks by it either.
    if (!named.success) continue;
    const { name } = named.data;
    if (entries.has(name)) {
      entries.set(name, { file, problem: "the file has it twice; keep one" });
      continue;
    }
    const parsed = schema.safeParse(named.data[field] ?? {});
    entries.set(
      name,
      parsed.success ? { file, value: finish(parsed.data) } : { file, problem: problemOf(parsed.error) },
    );
  }
  return entries;
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? "it is malformed" : `${issue.path.join(".") || "it"}: ${issue.message}`;
}

function absolute<T extends object>(file: string, value: T, keys: readonly (keyof T)[]): T {
  const resolved = { ...value };
  for (const key of keys) {
    const path = resolved[key];
    if (typeof path === "string" && path !== "" && !isAbsolute(path))
      resolved[key] = join(dirname(file), path) as T[keyof T];
  }
  return resolved;
}
