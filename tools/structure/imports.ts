import { builtinModules } from "node:module";
import { posix } from "node:path";
import type { Finding, Rule } from "./finding.ts";
import type { ImportSite, Module } from "./module.ts";
import {
  isBrowserLayer,
  isPureLayer,
  isServerPart,
  layerAllows,
  layerOf,
  serverPart,
  serverPartAllows,
} from "./rooms.ts";
import { isFake, isModule, isTest } from "./source-files.ts";

/** Packages that belong to the server: large, or made for Node. */
const serverPackages = new Set(["zod", "ws", "@kubernetes/client-node", "undici", "kysely", "pg"]);
const builtins = new Set(builtinModules);

type Complaint = { rule: Rule; message: string };

/** What the modules are checked against. */
export type Tree = {
  /** Every path there is. */
  files: ReadonlySet<string>;
  /** The modules of lib/protocol that load a package, zod, when they are loaded. */
  heavyProtocol: ReadonlySet<string>;
};

/** Checks where every import of a module leads. */
export function checkImports(module: Module, tree: Tree): Finding[] {
  const layer = layerOf(module.path);
  const finding = (offset: number, { rule, message }: Complaint) => ({
    path: module.path,
    line: module.lineOf(offset),
    rule,
    message,
  });
  if (layer === null) {
    return [finding(0, { rule: "room", message: `no such room: enter the folder in tools/structure/rooms.ts first` })];
  }
  if (layer === "lib/server" && !isServerPart(serverPart(module.path))) {
    const message = `lib/server has no part "${serverPart(module.path)}": enter it in tools/structure/rooms.ts first`;
    return [finding(0, { rule: "room", message })];
  }
  return module.imports.flatMap((site) => {
    const complaints = complaintsAbout(site, module, layer, tree);
    return complaints.map((complaint) => finding(site.offset, complaint));
  });
}

function complaintsAbout(site: ImportSite, module: Module, layer: string, tree: Tree): Complaint[] {
  const { specifier } = site;
  if (specifier === null) {
    return [{ rule: "computed-import", message: "a computed specifier cannot be checked: write it out" }];
  }
  if (isPackage(specifier)) return site.url ? [] : packageComplaints(specifier, site.typesOnly, module, layer);
  const { wanted, found } = resolveImport(module.path, specifier, tree.files);
  if (site.url && (found !== wanted || !isModule(found))) return [];
  if (!found) return [{ rule: "unresolved-import", message: `there is no ${wanted}` }];
  const complaints = [
    styleComplaint(specifier, found === wanted, layer),
    wayComplaint(site, module, layer, found, tree.heavyProtocol),
  ];
  return complaints.filter((complaint) => complaint !== null);
}

function isPackage(specifier: string): boolean {
  return !specifier.startsWith("@/") && !specifier.startsWith(".");
}

/** The path that a specifier spells, and the file that Next's bundler would take for it. */
function resolveImport(
  from: string,
  specifier: string,
  files: ReadonlySet<string>,
): { wanted: string; found?: string } {
  const wanted = specifier.startsWith("@/") ? specifier.slice(2) : posix.join(posix.dirname(from), specifier);
  const found = [wanted, `${wanted}.ts`, `${wanted}.tsx`, `${wanted}/index.ts`].find((path) => files.has(path));
  return { wanted, found };
}

/** The modules of lib/protocol that load a package at run time, themselves or by what they import. */
export function findHeavyProtocol(modules: readonly Module[], files: ReadonlySet<string>): Set<string> {
  const protocol = modules.filter(({ path }) => layerOf(path) === "lib/protocol");
  const heavy = new Set<string>();
  for (let before = -1; before < heavy.size;) {
    before = heavy.size;
    for (const { path, imports } of protocol) {
      const loads = imports.filter((site) => !site.typesOnly && site.specifier !== null);
      const isHeavy = loads.some(({ specifier }) => {
        if (specifier === null || isPackage(specifier)) return true;
        return heavy.has(resolveImport(path, specifier, files).found ?? "");
      });
      if (isHeavy) heavy.add(path);
    }
  }
  return heavy;
}

function styleComplaint(specifier: string, exact: boolean, layer: string): Complaint | null {
  const inPages = layer === "app" || layer === "components";
  if (specifier.startsWith("@/") && !inPages) {
    return { rule: "import-style", message: `"@/" works only in app/ and components/: use a relative path` };
  }
  if (!exact && !inPages) {
    return { rule: "import-style", message: `Node needs the whole file name: "${specifier}" lacks its extension` };
  }
  return null;
}

/** The way from one module of ours to another. */
function wayComplaint(
  site: ImportSite,
  module: Module,
  layer: string,
  target: string,
  heavyProtocol: ReadonlySet<string>,
): Complaint | null {
  const targetLayer = layerOf(target);
  if (targetLayer === null) return null; // the target's own folder is reported, once
  const fromTest = isTest(module.path) || isFake(module.path);
  if (isTest(target) || (isFake(target) && !fromTest && layer !== "e2e")) {
    return { rule: "test-imported", message: `${target} is for tests: move what it shares to a file` };
  }
  if (targetLayer === "lib/server") {
    if (layer === "app" && !module.useClient) return doorComplaint(target);
    if (layer === "lib/server") return serverComplaint(site, module, target, fromTest);
  }
  if (fromTest && target === "tools/real-parts.ts") return null;
  const allowed = layerAllows(layer, targetLayer, fromTest);
  if (allowed === "nothing") {
    return { rule: "direction", message: `${layer} may not import ${targetLayer} (${target})` };
  }
  if (site.typesOnly) return null;
  if (targetLayer === "lib/protocol" && (allowed === "types" || module.useClient)) {
    // What people and components share of the protocol, refs and levels for example, is not what parses messages.
    if (!heavyProtocol.has(target) && layer !== "lib/i18n") return null;
    return { rule: "types-only", message: `\`import type\` from ${target}: it brings zod into the browser` };
  }
  if (allowed === "types") {
    return { rule: "types-only", message: `${layer} may only \`import type\` from ${targetLayer} (${target})` };
  }
  return null;
}

function doorComplaint(target: string): Complaint | null {
  if (target === "lib/server/next.ts") return null;
  return { rule: "server-door", message: `app enters the server by lib/server/next.ts, not by ${target}` };
}

function serverComplaint(site: ImportSite, module: Module, target: string, fromTest: boolean): Complaint | null {
  const from = serverPart(module.path);
  const to = serverPart(target);
  if (to === "next.ts" && from !== to) {
    return { rule: "server-door", message: "next.ts is the door for app/: the server does not go through it" };
  }
  if (from === "next.ts" && !site.typesOnly) {
    return { rule: "types-only", message: `next.ts lives in Next's bundle: \`import type\` from ${target}` };
  }
  if (fromTest) return null;
  if (to === "demo" && from !== "demo" && !["runtime.ts", "open-sources.ts"].includes(from)) {
    return { rule: "demo-door", message: "only lib/server/runtime.ts and open-sources.ts may import lib/server/demo" };
  }
  if (to !== "demo" && !serverPartAllows(from, to)) {
    return { rule: "server-order", message: `lib/server/${from} may not import lib/server/${to} (${target})` };
  }
  return null;
}

function packageComplaints(specifier: string, typesOnly: boolean, module: Module, layer: string): Complaint[] {
  const name = specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : (specifier.split("/")[0] ?? "");
  const builtin = specifier.startsWith("node:") || builtins.has(name);
  const inBrowser = isBrowserLayer(layer) || module.useClient;
  if (name === "zod" && inBrowser) {
    return [{ rule: "server-package", message: "zod stays on the server: take the type from lib/protocol" }];
  }
  if (typesOnly || isTest(module.path)) return [];
  if (inBrowser && (builtin || serverPackages.has(name))) {
    return [{ rule: "server-package", message: `${specifier} does not run in a browser` }];
  }
  if (isPureLayer(layer)) return [{ rule: "pure", message: `${layer} runs without packages; ${specifier} is one` }];
  return [];
}
