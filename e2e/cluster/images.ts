import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { programPath } from "./debian-packages.ts";
import { docker } from "./engine.ts";
import type { ClusterPlan } from "./options.ts";
import { httpStatus } from "./probes.ts";
import { report } from "./progress.ts";
import { registryAddress } from "./registry.ts";
import { seededRandom } from "./seeded-random.ts";

interface BuiltImage {
  /** The folder in images/. */
  source: string;
  repository: string;
  tag: string;
}

const base: BuiltImage = { source: "base", repository: "shop/base", tag: "2026.1" };
const pause: BuiltImage = { source: "pause", repository: "infra/pause", tag: "1.0" };

/** In the order of building; several tags of one source differ in their version layer only. */
const images: BuiltImage[] = [
  pause,
  base,
  { source: "web", repository: "shop/web", tag: "1.4.1" },
  { source: "web", repository: "shop/web", tag: "1.4.2" },
  { source: "api", repository: "shop/api", tag: "2.0.3" },
  { source: "worker", repository: "shop/worker", tag: "0.9.0" },
  { source: "db", repository: "shop/db", tag: "15.2" },
  { source: "tools", repository: "shop/tools", tag: "1.1.0" },
];

const sources = join(dirname(fileURLToPath(import.meta.url)), "images");

export function imageName(plan: ClusterPlan, repository: string, tag: string): string {
  return `${registryAddress(plan)}/${repository}:${tag}`;
}

export function sandboxImage(plan: ClusterPlan): string {
  return imageName(plan, pause.repository, pause.tag);
}

/** Builds all images in the engine and pushes them to the registry; those that are there stay. */
export async function ensureImages(plan: ClusterPlan): Promise<void> {
  for (const image of images) {
    const name = imageName(plan, image.repository, image.tag);
    const mark = join(plan.paths.images, `${image.repository.replace("/", "-")}-${image.tag}.built`);
    const hash = sourceHash(image);
    if (existsSync(mark) && readFileSync(mark, "utf8") === hash && (await isPushed(plan, image))) continue;
    report(`building and pushing ${image.repository}:${image.tag}`);
    const context = prepareContext(plan, image);
    const buildArgs = [`BASE=${imageName(plan, base.repository, base.tag)}`, `VERSION=${image.tag}`];
    await docker(plan, ["build", "--tag", name, ...buildArgs.flatMap((arg) => ["--build-arg", arg]), context]);
    await docker(plan, ["push", name]);
    writeFileSync(mark, hash);
  }
}

async function isPushed(plan: ClusterPlan, image: BuiltImage): Promise<boolean> {
  const url = `http://${registryAddress(plan)}/v2/${image.repository}/manifests/${image.tag}`;
  return (await httpStatus(url, { accept: "application/vnd.docker.distribution.manifest.v2+json" })) === 200;
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir)
    .toSorted()
    .flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}

function sourceHash(image: BuiltImage): string {
  const hash = createHash("sha256");
  for (const source of ["base", image.source]) {
    for (const path of filesBelow(join(sources, source))) hash.update(path).update(readFileSync(path));
  }
  return hash.digest("hex");
}

/** The source folder with what cannot be in the repository: busybox, and bytes that give layers their size. */
function prepareContext(plan: ClusterPlan, image: BuiltImage): string {
  const context = join(plan.paths.images, image.source);
  rmSync(context, { recursive: true, force: true });
  mkdirSync(context, { recursive: true });
  cpSync(join(sources, image.source), context, { recursive: true });
  const dockerfile = readFileSync(join(context, "Dockerfile"), "utf8");
  if (dockerfile.includes("COPY busybox")) cpSync(programPath("/bin/busybox"), join(context, "busybox"));
  const ballast = /ballast-(\d+)m\.bin/.exec(dockerfile);
  if (ballast) writeFileSync(join(context, ballast[0]), ballastBytes(Number(ballast[1]), image.source));
  return context;
}

/** Bytes that do not compress, and are the same on every machine. */
function ballastBytes(megabytes: number, seed: string): Buffer {
  const random = seededRandom(createHash("sha256").update(seed).digest().readUInt32LE());
  const bytes = Buffer.alloc(megabytes * 1_000_000);
  for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32LE(Math.floor(random() * 4_294_967_296), at);
  return bytes;
}
