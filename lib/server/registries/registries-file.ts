import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

import { ConfigError } from "../config/parse-config.ts";
import { isForbiddenAddress } from "./address-guard.ts";
import type { RegistryCredential } from "./credentials.ts";

/** A registry as the file of `--registries` names it. */
export type NamedRegistry = {
  readonly host: string;
  readonly title: string;
  /** Where it is asked when that is not `https://HOST`. */
  readonly address: URL | null;
  readonly credential: () => RegistryCredential | null;
  readonly realms: readonly string[];
  readonly ca: string | null;
};

const host = z
  .string()
  .regex(
    /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/,
    "a host, with a port if need be",
  )
  .transform((text) => (text === "index.docker.io" ? "docker.io" : text));

/** Without one of these the first part of an image's name is a user of Docker Hub. */
function isNamedByImages(text: string): boolean {
  return /[.:[]/.test(text) || text === "localhost";
}

const url = z.string().transform((text, context): URL => {
  const address = URL.parse(text);
  const bare = address?.pathname === "/" && address.search === "" && address.username === "" && address.password === "";
  if (address && bare && /^https?:$/.test(address.protocol) && !isForbiddenAddress(address.hostname)) return address;
  context.addIssue({ code: "custom", message: "an address such as http://10.0.0.5:5000, without a path or a user" });
  return z.NEVER;
});

const entry = z
  .strictObject({
    host: host.refine(isNamedByImages, "a host as images name it: with a dot or a port, or localhost"),
    url: url.optional(),
    title: z.string().min(1).max(100).optional(),
    username: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    passwordFile: z.string().min(1).optional(),
    identityToken: z.string().min(1).optional(),
    identityTokenFile: z.string().min(1).optional(),
    realms: z.array(host).max(20).default([]),
    caFile: z.string().min(1).optional(),
  })
  .superRefine((value, context) => {
    const passwords = [value.password, value.passwordFile].filter(Boolean).length;
    const tokens = [value.identityToken, value.identityTokenFile].filter(Boolean).length;
    if (passwords + tokens > 1) context.addIssue({ code: "custom", message: "one credential, not several" });
    if ((passwords === 1) !== (value.username !== undefined))
      context.addIssue({ code: "custom", message: "username goes with password or passwordFile" });
  });

const schema = z.strictObject({ registries: z.array(entry).max(200) });

/** Reads the YAML file of `--registries`. Throws ConfigError that says what to change. */
export function readRegistriesFile(file: string): NamedRegistry[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new ConfigError(`--registries names ${file}, which cannot be read: ${messageOf(cause)}`);
  }
  return parseRegistries(text, file);
}

/** Throws ConfigError. */
export function parseRegistries(text: string, file: string): NamedRegistry[] {
  let json: unknown;
  try {
    json = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw new ConfigError(`${file} is no YAML: ${messageOf(cause)}`);
  }
  const read = schema.safeParse(json);
  if (!read.success) throw new ConfigError(`${file}: ${z.prettifyError(read.error)}`);
  const registries = read.data.registries.map((named): NamedRegistry => ({
    host: named.host,
    title: named.title ?? named.host,
    address: named.url ?? null,
    credential: () => credentialOf(named),
    realms: named.realms,
    ca: named.caFile === undefined ? null : secretIn(named.caFile),
  }));
  // Secrets in files may change while the server runs, and are read when they are needed; that they are there is said now.
  for (const { credential } of registries) credential();
  const twice = registries.find(({ host: name }, place) =>
    registries.some((other, at) => at < place && other.host === name),
  );
  if (twice) throw new ConfigError(`${file} names ${twice.host} twice.`);
  return registries;
}

function credentialOf(named: z.infer<typeof entry>): RegistryCredential | null {
  const token =
    named.identityToken ?? (named.identityTokenFile === undefined ? null : secretIn(named.identityTokenFile));
  if (token !== null) return { type: "identity-token", token };
  const password = named.password ?? (named.passwordFile === undefined ? null : secretIn(named.passwordFile));
  return password === null ? null : { type: "password", username: named.username ?? "", password };
}

function secretIn(file: string): string {
  try {
    const text = readFileSync(file, "utf8").trim();
    if (text !== "") return text;
  } catch (cause) {
    throw new ConfigError(`${file}, which a registry's settings name, cannot be read: ${messageOf(cause)}`);
  }
  throw new ConfigError(`${file}, which a registry's settings name, is empty.`);
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
