import type { IncomingMessage } from "node:http";

import { parse } from "yaml";

import { badRequest, tooLarge, unknownMedia } from "./fault.ts";

/** The largest body that is read, in bytes, as an API server has it. */
const maxBody = 3 * 1024 * 1024;

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > maxBody) throw tooLarge(maxBody);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A body of JSON or YAML; null for none. */
export function parseBody(contentType: string, text: string): unknown {
  const type = contentType.split(";")[0]?.trim() ?? "";
  if (text === "") return null;
  switch (type) {
    case "":
    case "application/json":
      return parseJson(text);
    case "application/yaml":
      return parseYaml(text);
    default:
      throw unknownMedia(["application/json", "application/yaml"]);
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badRequest(`error decoding: ${cause instanceof Error ? cause.message : "not JSON"}`);
  }
}

/** YAML, and so JSON. Aliases are bounded by the parser; tags are not followed. */
export function parseYaml(text: string): unknown {
  try {
    return parse(text, { schema: "core", maxAliasCount: 50 });
  } catch (cause) {
    throw badRequest(`error decoding YAML: ${cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : ""}`);
  }
}
