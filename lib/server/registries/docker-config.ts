import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

import { StowageError } from "../error.ts";
import { credentialOf, keysOf } from "./credentials.ts";
import type { FindCredential, RegistryCredential } from "./credentials.ts";

const text = z.string().optional();
const schema = z.object({
  auths: z.record(z.string(), z.object({ auth: text, username: text, password: text, identitytoken: text })).optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  credsStore: text,
});

export type DockerConfigOptions = {
  /** DOCKER_CONFIG, PATH and HOME are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Whether programs named there may be run: for the person of this machine only. */
  readonly allowHelpers: boolean;
};

const helperMs = 10_000;
const maxFile = 1024 * 1024;
/** What may follow `docker-credential-`: a name, never a path. */
const helperName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** By this user name a helper says that the secret is an identity token. */
const tokenUser = "<token>";

/**
 * Credentials as Docker keeps them: `credHelpers` of the registry, then `credsStore`, then `auths`. The file is read anew each time,
 * since a `docker login` may have changed it. Throws `bad-request` for a file that cannot be understood, with its path.
 */
export function dockerConfigCredentials(options: DockerConfigOptions): FindCredential {
  const file = fileOf(options);
  return async (registry) => {
    const config = await readConfig(file);
    if (!config) return null;
    const keys = keysOf(registry);
    const helper = keys.map((key) => config.credHelpers?.[key]).find(Boolean) ?? config.credsStore;
    if (helper && options.allowHelpers) {
      for (const key of keys) {
        const found = await askHelper(helper, key, options.env);
        if (found) return found;
      }
      return null;
    }
    for (const key of keys) {
      const entry = config.auths?.[key];
      const found = entry ? credentialOf(entry) : null;
      if (found) return found;
    }
    return null;
  };
}

/** The hosts of the registries that a docker config names. Throws as reading its credentials does. */
export async function dockerConfigHosts(options: Pick<DockerConfigOptions, "env" | "home">): Promise<string[]> {
  const config = await readConfig(fileOf(options));
  const keys = [...Object.keys(config?.auths ?? {}), ...Object.keys(config?.credHelpers ?? {})];
  const hosts = keys.map((key) => key.replace(/^https?:\/\//, "").replace(/\/.*$/, ""));
  return [...new Set(hosts.map((host) => (hubNames.has(host) ? "docker.io" : host)))].filter((host) => host !== "");
}

const hubNames: ReadonlySet<string> = new Set(keysOf("docker.io").map((key) => key.replace(/^https:\/\/|\/.*$/g, "")));

function fileOf({ env, home }: Pick<DockerConfigOptions, "env" | "home">): string {
  return join(env["DOCKER_CONFIG"] || join(home, ".docker"), "config.json");
}

async function readConfig(file: string): Promise<z.infer<typeof schema> | null> {
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new StowageError("bad-request", `${file} cannot be read`, { cause: error });
  }
  try {
    if (content.length > maxFile) throw new Error("it is larger than 1 MiB");
    return schema.parse(JSON.parse(content));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : "it is not JSON";
    throw new StowageError("bad-request", `${file} is no docker config: ${why}`, { cause: error });
  }
}

function askHelper(name: string, key: string, env: DockerConfigOptions["env"]): Promise<RegistryCredential | null> {
  if (!helperName.test(name)) throw new StowageError("bad-request", `“${name}” is no name of a credential helper`);
  return new Promise((resolve, reject) => {
    const child = execFile(
      `docker-credential-${name}`,
      ["get"],
      {
        env: { PATH: env["PATH"], HOME: env["HOME"], NODE_ENV: process.env.NODE_ENV },
        timeout: helperMs,
        maxBuffer: 64 * 1024,
      },
      (error, stdout) => {
        if (error) {
          // A helper that knows nothing of this registry ends with 1 and says so.
          if (/credentials not found/i.test(stdout)) return resolve(null);
          return reject(new StowageError("registry-login", `docker-credential-${name} failed`, { cause: error }));
        }
        const answer = helperAnswer.safeParse(parseJson(stdout));
        if (!answer.success)
          return reject(new StowageError("registry-login", `docker-credential-${name} gave no JSON`));
        const { Username: username, Secret: password } = answer.data;
        resolve(
          username === tokenUser
            ? { type: "identity-token", token: password }
            : { type: "password", username, password },
        );
      },
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(key);
  });
}

const helperAnswer = z.object({ Username: z.string(), Secret: z.string() });

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
