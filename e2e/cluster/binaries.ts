import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram } from "./debian-packages.ts";
import { ClusterUnavailable } from "./errors.ts";
import { withFileLock } from "./file-lock.ts";
import { cacheDir } from "./paths.ts";
import { report, withHeartbeat } from "./progress.ts";
import { runCommand } from "./run-command.ts";

const kubernetesVersion = "1.37.2";
const etcdVersion = "3.6.16";
const kwokVersion = "0.8.0";

interface GoBuild {
  binary: string;
  module: "kubernetes" | "storage";
  package: string;
  version: string;
  /** A cluster without a node does without these. */
  nodeOnly?: boolean;
}

const kubernetes = (program: string, nodeOnly = false): GoBuild => ({
  binary: program,
  module: "kubernetes",
  package: `k8s.io/kubernetes/cmd/${program}`,
  version: kubernetesVersion,
  nodeOnly,
});

const builds: GoBuild[] = [
  { binary: "etcd", module: "storage", package: "go.etcd.io/etcd/server/v3", version: etcdVersion },
  { binary: "kwok", module: "storage", package: "sigs.k8s.io/kwok/cmd/kwok", version: kwokVersion },
  kubernetes("kube-apiserver"),
  kubernetes("kube-controller-manager"),
  kubernetes("kube-scheduler"),
  kubernetes("kubectl"),
  kubernetes("kubelet", true),
  kubernetes("kube-proxy", true),
];

const here = dirname(fileURLToPath(import.meta.url));

// Without these clients cannot parse the server's version.
const kubernetesFlags = [
  "-s -w",
  `-X k8s.io/component-base/version.gitVersion=v${kubernetesVersion}`,
  `-X k8s.io/component-base/version.gitMajor=${kubernetesVersion.split(".")[0]}`,
  `-X k8s.io/component-base/version.gitMinor=${kubernetesVersion.split(".")[1]}`,
].join(" ");

function moduleDir(module: GoBuild["module"]): string {
  return join(here, "build", module);
}

/** Where one binary lies: the key changes with its version and with every pinned dependency. */
function binaryPath(build: GoBuild): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(moduleDir(build.module), file)));
  hash.update(kubernetesFlags);
  return join(cacheDir(), "bin", `${build.module}-${build.version}-${hash.digest("hex").slice(0, 12)}`, build.binary);
}

export function binary(name: string): string {
  const build = builds.find((candidate) => candidate.binary === name);
  if (!build) throw new Error(`no such binary: ${name}`);
  return binaryPath(build);
}

/** KWOK's own stages, copied beside its binary so that Go's module cache may be emptied. */
export function kwokStagesDir(): string {
  return join(dirname(binary("kwok")), "stages");
}

const goEnv = () => ({ ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-buildvcs=false" });

/** Builds what is missing: ten minutes the first time on two cores, nothing afterwards. */
export async function ensureBinaries(options: { withNode: boolean }): Promise<void> {
  const wanted = builds.filter((build) => options.withNode || !build.nodeOnly);
  const missing = () => wanted.filter((build) => !existsSync(binaryPath(build)) || isWithoutStages(build));
  if (missing().length === 0) return;
  const go = findProgram("go") ?? findProgram("/usr/local/go/bin/go");
  if (!go) {
    throw new ClusterUnavailable(
      ["Go 1.26 or newer"],
      `It builds the control plane (${missing().length} programs): install it and put it on the PATH.`,
    );
  }
  await withFileLock(join(cacheDir(), "bin", "build.lock"), "building the cluster binaries", async () => {
    const rest = missing();
    for (const [index, build] of rest.entries()) {
      const line = `building ${build.binary} ${build.version} (${index + 1} of ${rest.length})`;
      report(`${line}; the first build of all takes about ten minutes`);
      await withHeartbeat((seconds) => `${line}: ${seconds} s`, buildOne(go, build));
    }
  });
}

function isWithoutStages(build: GoBuild): boolean {
  return build.binary === "kwok" && !existsSync(kwokStagesDir());
}

async function buildOne(go: string, build: GoBuild): Promise<void> {
  const target = binaryPath(build);
  const unfinished = `${target}.${process.pid}.tmp`;
  mkdirSync(dirname(target), { recursive: true });
  const flags = build.module === "kubernetes" ? kubernetesFlags : "-s -w";
  try {
    await runCommand(go, ["build", "-ldflags", flags, "-o", unfinished, build.package], {
      cwd: moduleDir(build.module),
      env: goEnv(),
    });
    if (build.binary === "kwok") await copyStages(go, build);
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

async function copyStages(go: string, build: GoBuild): Promise<void> {
  const source = await runCommand(go, ["list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/kwok"], {
    cwd: moduleDir(build.module),
    env: goEnv(),
  });
  for (const name of ["pod/fast/pod-complete.yaml", "pod/fast/pod-delete.yaml"]) {
    cpSync(join(source.trim(), "kustomize", "stage", name), join(kwokStagesDir(), name.split("/").at(-1) ?? name));
  }
}
