import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync, rmSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";

/**
 * Copies what runs, and nothing else, into a folder: the built pages, the server, and the packages that these two load. The
 * image is made of it; `node server.mjs` in that folder is Stowage. Usage: node tools/pack.ts FOLDER
 */
const root = join(import.meta.dirname, "..");

/**
 * How a traced Next is started, as its own standalone server does it: with the configuration of the build. Reading that anew
 * would take a compiler for its TypeScript, and webpack.
 */
const entry = `import { readFileSync } from "node:fs";

const built = JSON.parse(readFileSync(new URL(".next/required-server-files.json", import.meta.url), "utf8"));
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(built.config);
await import("./lib/server/main.ts");
`;

type Manifest = { version: string; license: string; dependencies?: Record<string, string> };

/** Of the build: what only the next build or a person with a debugger reads. */
const notOfTheBuild = /^(build|cache|dev|diagnostics|standalone|trace.*|turbopack|types)(\/|$)|\.(map|nft\.json)$/;
/** Of the sources: the browser's side, which is in the build, and tests. */
const notOfTheServer = /^(client|testing)(\/|$)|\/testing(\/|$)|\.test\.tsx?$/;
/** Of the packages: types, sources of sources, and texts that no program reads. Licences stay. */
const notOfPackages = /\.([cm]?ts|map|md|markdown)$/;

async function main(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error("Usage: node tools/pack.ts FOLDER");
  const out = resolve(folder);
  build();
  const ofNext = join(root, ".next", "standalone", "node_modules");
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await copy(join(root, ".next"), join(out, ".next"), notOfTheBuild);
  await copy(join(root, "lib"), join(out, "lib"), notOfTheServer);
  // Next has traced which of its own files, and which packages of the pages, are needed.
  await copy(ofNext, join(out, "node_modules"), /\.map$/);
  const { version, license, dependencies = {} } = await manifestOf(root);
  // Also those that a page has in part.
  for (const path of await packagesOf(dependencies)) await copy(join(root, path), join(out, path), notOfPackages);
  const about = { name: "stowage", version, license, private: true, type: "module" };
  await writeFile(join(out, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
  await writeFile(join(out, "server.mjs"), entry);
  await cp(join(root, "LICENSE"), join(out, "LICENSE"));
}

/** A build of its own: the usual one does not trace. */
function build(): void {
  const env = { ...process.env, STOWAGE_PACK: "1" };
  const built = spawnSync(process.execPath, [join(root, "tools", "build.ts"), "--force"], { stdio: "inherit", env });
  if (built.status !== 0) process.exit(built.status ?? 1);
  // It is not what npm start serves from a checkout.
  rmSync(join(root, ".next", "stowage-build"));
}

async function copy(from: string, to: string, without: RegExp): Promise<void> {
  await cp(from, to, {
    recursive: true,
    filter: (source) => !without.test(relative(from, source)) && basename(source) !== ".bin",
  });
}

/** Folders of these packages and of all that they depend on, found as Node finds them, relative to the root. */
async function packagesOf(wanted: Readonly<Record<string, string>>): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const visit = async (names: Readonly<Record<string, string>>, from: string): Promise<void> => {
    for (const name of Object.keys(names)) {
      const path = relative(root, placeOf(name, from));
      // Next's own packages are traced; what they need beyond the trace is for building.
      if (found.has(path) || traced.has(name)) continue;
      found.add(path);
      await visit((await manifestOf(join(root, path))).dependencies ?? {}, join(root, path));
    }
  };
  await visit(wanted, root);
  return found;
}

const traced = new Set(["next", "react", "react-dom"]);

function placeOf(name: string, from: string): string {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const place = join(folder, "node_modules", name);
    if (existsSync(place)) return place;
  }
  throw new Error(`${name}, which ${relative(root, from) || "Stowage"} needs, is not installed: npm ci`);
}

async function manifestOf(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
}

await main(process.argv[2]);
