import { LineCounter, isNode, parseDocument } from "yaml";
import type { Document } from "yaml";
import { z } from "zod";

import type { PublicWords } from "../../../protocol/status.ts";
import type { Component } from "./component.ts";
import { componentSchema, maxComponents, wordsSchema } from "./component.ts";

export type StatusConfig = { title: PublicWords | null; components: readonly Component[] };

const schema = z.strictObject({
  title: wordsSchema(80).optional(),
  components: z.array(componentSchema).max(maxComponents).default([]),
});

/**
 * Reads the YAML of a status page. The error's message has a line `FILE:LINE: WHERE: what to write` for each mistake.
 * Throws StatusConfigError.
 */
export function parseStatusConfig(text: string, file: string): StatusConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    const told = document.errors.map(({ pos, message }) => {
      return `${file}:${lines.linePos(pos[0]).line}: ${message.split("\n")[0]}`;
    });
    throw new StatusConfigError(told.join("\n"));
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 50 }) ?? {});
  if (!parsed.success) {
    const told = parsed.error.issues.flatMap(spread).map(({ path, message }) => {
      return `${file}:${lineOf(document, path, lines)}: ${path.length === 0 ? "" : `${path.join(".")}: `}${message}`;
    });
    throw new StatusConfigError([...new Set(told)].join("\n"));
  }
  const { title = null, components } = parsed.data;
  for (const [index, { id }] of components.entries()) {
    const first = components.findIndex((other) => other.id === id);
    if (first === index) continue;
    const line = lineOf(document, ["components", index, "id"], lines);
    throw new StatusConfigError(`${file}:${line}: components.${index}.id: "${id}" is taken already, write another`);
  }
  return { title, components };
}

/** A status page's configuration that cannot be used; the message says where and what to change. */
export class StatusConfigError extends Error {}

type Told = { path: PropertyKey[]; message: string };

/** A key that nobody knows is told where it stands. */
function spread(issue: z.core.$ZodIssue): Told[] {
  if (issue.code !== "unrecognized_keys") return [issue];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: "there is no such key, take it out" }));
}

/** The line of a value, or of the nearest thing around it that is there. */
function lineOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
