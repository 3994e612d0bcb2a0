import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { spawn } from "node:child_process";
import { constants, createBrotliCompress, createGzip } from "node:zlib";

const root = join(import.meta.dirname, "..");
const stamp = join(root, ".next", "stowage-build");
/** What the pages are built from. */
const inputs = [
  "app",
  "components",
  "lib",
  "package-lock.json",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
];
/** Smaller files gain nothing by being compressed ahead. */
const compressFrom = 1024;

/** Builds the pages unless the build that is there is of these very sources. */
async function main(): Promise<void> {
  const force = process.argv.includes("--force");
  const wanted = await hashOf(inputs);
  if (!force && (await readFile(stamp, "utf8").catch(() => "")) === wanted) return;
  const began = performance.now();
  process.stdout.write("Building the pages (once for each version; about a minute) …\n");
  await rm(stamp, { force: true });
  await run(join(root, "node_modules", ".bin", "next"), ["build"]);
  process.stdout.write("Compressing what browsers load …\n");
  await compressAll(join(root, ".next", "static"));
  await writeFile(stamp, wanted);
  process.stdout.write(`Built in ${Math.round((performance.now() - began) / 1000)} s.\n`);
}

async function run(command: string, args: string[]): Promise<void> {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`next build ended with ${code}`);
}

/** One hash over names and contents of the inputs, tests left out. */
async function hashOf(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) await addTo(hash, path);
  return hash.digest("hex");
}

async function addTo(hash: ReturnType<typeof createHash>, path: string): Promise<void> {
  const full = join(root, path);
  const found = await stat(full).catch(() => null);
  if (!found) return;
  if (found.isDirectory()) {
    for (const name of (await readdir(full)).toSorted()) await addTo(hash, join(path, name));
  } else if (!/\.test\.tsx?$/.test(path)) {
    hash.update(`${path}\0${found.size}\0`).update(await readFile(full));
  }
}

/** Writes `.br` and `.gz` beside every file that browsers load, as small as they get. */
async function compressAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(js|css|svg|json|txt|map)$/.test(entry.name) || (await stat(path)).size < compressFrom)
      continue;
    const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } });
    await pipeline(createReadStream(path), brotli, createWriteStream(`${path}.br`));
    await pipeline(createReadStream(path), createGzip({ level: 9 }), createWriteStream(`${path}.gz`));
  }
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exit(1);
});
