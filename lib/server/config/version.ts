import { readFileSync } from "node:fs";

/** Stowage's own version, from package.json. */
export const version: string = readVersion();

function readVersion(): string {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  const parsed: { version?: unknown } = JSON.parse(text);
  return typeof parsed.version === "string" ? parsed.version : "0.0.0";
}
