import { readFileSync, writeFileSync } from "node:fs";

/**
 * npm forgets the packages of other platforms when it writes package-lock.json beside an installed tree, or from a registry
 * that does not have them, and `npm ci` then refuses the file. This finds them, and `--fix` writes them down.
 * Usage: node tools/lockfile.ts [--fix]
 */
type Entry = {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
};
type Lockfile = { packages: Record<string, Entry> };

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "universal",
  "wasm32",
  "x64",
];
const libraries: Record<string, string> = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" };

/** Optional packages that a locked package names and that the file does not hold: the path of each and its entry. */
function missingEntries({ packages }: Lockfile): [string, Entry][] {
  return Object.entries(packages).flatMap(([parent, { optionalDependencies, dev }]) =>
    Object.entries(optionalDependencies ?? {})
      .filter(([name]) => !isLocked(packages, parent, name))
      .map(([name, version]): [string, Entry] => [`node_modules/${name}`, platformEntry(name, version, dev)]),
  );
}

/** Whether the package is found from `parent` upwards, as Node would find it. */
function isLocked(packages: Lockfile["packages"], parent: string, name: string): boolean {
  const own = `${parent}${parent && "/"}node_modules/${name}`;
  if (packages[own]) return true;
  if (!parent) return false;
  return isLocked(packages, parent.slice(0, Math.max(parent.lastIndexOf("/node_modules/"), 0)), name);
}

/** What the name of a platform package says: `@x/binding-linux-x64-musl` runs on linux, x64, musl. */
function platformEntry(name: string, version: string, dev: boolean | undefined): Entry {
  const words = name.split(/[/-]/);
  const pick = (known: string[]) => words.filter((word) => known.includes(word));
  const [os, cpu] = [pick(systems), pick(processors)];
  if (!/^\d/.test(version) || cpu.length === 0)
    throw new Error(`${name}@${version} is not a platform package: run npm install`);
  const libc = words.flatMap((word) => (os.includes("linux") ? (libraries[word] ?? []) : []));
  return {
    version,
    cpu,
    ...(dev ? { dev } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

const file = "package-lock.json";
const lockfile = JSON.parse(readFileSync(file, "utf8")) as Lockfile;
const missing = missingEntries(lockfile);
if (process.argv.includes("--fix") && missing.length > 0) {
  const [root, ...others] = Object.entries({ ...lockfile.packages, ...Object.fromEntries(missing) });
  const sorted = others.toSorted(([a], [b]) => a.localeCompare(b, "en"));
  writeFileSync(
    file,
    `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(root ? [root, ...sorted] : sorted) }, null, 2)}\n`,
  );
  process.stdout.write(`${missing.length} platform packages written to ${file}\n`);
} else {
  for (const [path, { version }] of missing) process.stdout.write(`${path}@${version} is not in ${file}\n`);
  if (missing.length > 0) process.stdout.write("npm ci would refuse the file: run `node tools/lockfile.ts --fix`\n");
  process.exitCode = missing.length > 0 ? 1 : 0;
}
