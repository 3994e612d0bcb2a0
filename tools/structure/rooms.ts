/** The folders of lib/server. A new folder is entered here first, with what it may import. */
const pipeline = ["sources", "watch", "cache", "live", "stream"] as const;
const sideRooms = [
  "engines",
  "objects",
  "registries",
  "actions",
  "audit",
  "status",
  "logs",
  "terminals",
  "metrics",
  "stack",
  "node-reader",
  "db",
] as const;

/** Beside main.ts and runtime.ts, which put the parts together; nothing that they put together knows them. */
const composing = ["http"] as const;

/** Files and folders of lib/server that everything in it may import and that import only each other. */
const ground = ["config", "log.ts", "error.ts"] as const;

/** What may be imported at run time and, beyond that, as types. The order is that of the way down. */
const layers: Record<string, { values: string[]; types: string[] }> = {
  app: {
    values: ["components", "lib/client", "lib/protocol", "lib/kinds", "lib/query", "lib/i18n", "lib/shared"],
    types: [],
  },
  components: {
    values: ["lib/client", "lib/kinds", "lib/query", "lib/stack", "lib/i18n", "lib/shared"],
    types: ["lib/protocol"],
  },
  "lib/client": { values: ["lib/kinds", "lib/query", "lib/stack", "lib/i18n", "lib/shared"], types: ["lib/protocol"] },
  "lib/server": {
    values: ["lib/protocol", "lib/kinds", "lib/query", "lib/stack", "lib/shared", "lib/status-page"],
    types: ["lib/i18n"],
  },
  "lib/status-page": { values: ["lib/protocol", "lib/i18n", "lib/shared"], types: [] },
  "lib/protocol": { values: ["lib/shared"], types: ["lib/kinds", "lib/query"] },
  "lib/kinds": { values: ["lib/shared"], types: ["lib/protocol", "lib/query", "lib/i18n"] },
  "lib/query": { values: ["lib/shared"], types: ["lib/protocol", "lib/kinds"] },
  "lib/stack": { values: ["lib/shared"], types: ["lib/protocol"] },
  "lib/i18n": { values: ["lib/shared"], types: ["lib/protocol"] },
  "lib/shared": { values: [], types: [] },
  e2e: {
    values: [
      "tools",
      "lib/server",
      "lib/client",
      "lib/protocol",
      "lib/kinds",
      "lib/query",
      "lib/stack",
      "lib/i18n",
      "lib/shared",
    ],
    types: [],
  },
  tools: { values: ["e2e", "root"], types: [] },
  root: { values: ["lib/shared"], types: [] },
};

/** A test beside the code may also read these as values: parsing with the real kinds, printing with the real words. */
const valuesForTests = ["lib/protocol", "lib/kinds", "lib/query", "lib/i18n", "lib/shared"];

/** Layers whose modules end up in the browser. */
const browserLayers = new Set([
  "components",
  "lib/client",
  "lib/kinds",
  "lib/query",
  "lib/stack",
  "lib/i18n",
  "lib/shared",
]);

/** Layers that run without any package: both sides and every test can use them as they are. */
const pureLayers = new Set(["lib/kinds", "lib/query", "lib/i18n", "lib/shared", "lib/status-page"]);

/** The layer of a path, "root" for a file beside package.json, null for a folder that is in no table. */
export function layerOf(path: string): string | null {
  const parts = path.split("/");
  if (parts.length === 1) return "root";
  const layer = parts[0] === "lib" ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
  return Object.hasOwn(layers, layer) ? layer : null;
}

export function isBrowserLayer(layer: string): boolean {
  return browserLayers.has(layer);
}

export function isPureLayer(layer: string): boolean {
  return pureLayers.has(layer);
}

/** Whether one layer may import another, and if so whether only its types. A layer may always import itself. */
export function layerAllows(from: string, to: string, isTest: boolean): "values" | "types" | "nothing" {
  const allowed = layers[from];
  if (from === to || allowed?.values.includes(to)) return "values";
  if (isTest && from.startsWith("lib/") && valuesForTests.includes(to)) return "values";
  return allowed?.types.includes(to) ? "types" : "nothing";
}

/** `lib/server/watch/list.ts` is in the part "watch", `lib/server/log.ts` is a part of its own. */
export function serverPart(path: string): string {
  return path.split("/")[2] ?? "";
}

export function isServerPart(part: string): boolean {
  return (
    part.endsWith(".ts") ||
    [...pipeline, ...sideRooms, ...composing, ...ground, "access", "demo"].some((known) => known === part)
  );
}

/** Whether one part of lib/server may import another; demo/ and the door next.ts have rules of their own. */
export function serverPartAllows(from: string, to: string): boolean {
  if (from === to || includes(ground, to)) return true;
  if (includes(ground, from) || from === "demo") return false;
  const composes = (part: string) => part.endsWith(".ts") || includes(composing, part);
  if (composes(from)) return true;
  if (composes(to)) return false;
  if (from === "access") return ["sources", "cache", "db", "audit"].includes(to);
  if (!includes(pipeline, from)) return true;
  return to === "access" || (includes(pipeline, to) && pipeline.indexOf(to) < pipeline.indexOf(from));
}

function includes<T extends string>(list: readonly T[], value: string): value is T {
  return list.some((item) => item === value);
}
