import type { IncomingMessage, ServerResponse } from "node:http";

import type { EngineWorld } from "./engine-world.ts";

/** A request that a route is for. `words` are the parts of the path that the route names; `body` is parsed, null for none. */
export type Asked = {
  readonly world: EngineWorld;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly words: readonly string[];
  readonly body: Readonly<Record<string, unknown>> | null;
};

/** `answer` gives JSON, a status for an answer without any, or nothing when it answers by itself. Throws EngineFault. */
export type Route = {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: RegExp;
  readonly answer: (asked: Asked) => object | number | void | Promise<object | number | void>;
};

export function isTrue(value: string | null): boolean {
  return value === "1" || value === "true" || value === "True";
}

export type Filters = Readonly<Record<string, readonly string[]>>;

/** Whether any of the values that are asked for fits; without any, everything does. */
export function fits(filters: Filters, field: string, test: (value: string) => boolean): boolean {
  const values = filters[field] ?? [];
  return values.length === 0 || values.some(test);
}

/** Whether all labels that are asked for are there: `key` or `key=value`. */
export function hasLabels(filters: Filters, labels: Readonly<Record<string, string>>): boolean {
  return (filters["label"] ?? []).every((label) => {
    const equals = label.indexOf("=");
    return equals < 0 ? label in labels : labels[label.slice(0, equals)] === label.slice(equals + 1);
  });
}

/** `{"label":["a=b"]}`; older clients send `{"label":{"a=b":true}}`. */
export function filtersOf(query: URLSearchParams): Filters {
  try {
    const parsed: unknown = JSON.parse(query.get("filters") ?? "{}");
    if (typeof parsed !== "object" || parsed === null) return {};
    return Object.fromEntries(
      Object.entries(parsed).map(([key, value]: [string, unknown]) => [
        key,
        Array.isArray(value) ? value.map(String) : Object.keys(value ?? {}),
      ]),
    );
  } catch {
    return {};
  }
}

export function textOf(body: Asked["body"], field: string): string {
  const value = body?.[field];
  return typeof value === "string" ? value : "";
}

export function textsOf(body: Asked["body"], field: string): string[] {
  const value = body?.[field];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

export function objectOf(body: Asked["body"], field: string): Readonly<Record<string, unknown>> {
  const value = body?.[field];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
