import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ClusterUnavailable } from "./errors.ts";
import { report, withHeartbeat } from "./progress.ts";
import { tryCommand } from "./run-command.ts";

interface Requirement {
  debianPackage: string;
  /** Files of which one must exist, or programs on the PATH (a bare name). */
  anyOf: string[];
}

const forControlPlane: Requirement[] = [{ debianPackage: "openssl", anyOf: ["openssl"] }];

const forNode: Requirement[] = [
  { debianPackage: "docker.io", anyOf: ["dockerd"] },
  { debianPackage: "docker.io", anyOf: ["docker"] },
  { debianPackage: "containerd", anyOf: ["containerd"] },
  { debianPackage: "runc", anyOf: ["runc"] },
  { debianPackage: "docker-registry", anyOf: ["docker-registry"] },
  { debianPackage: "containernetworking-plugins", anyOf: ["/usr/lib/cni/bridge"] },
  { debianPackage: "busybox-static", anyOf: ["/bin/busybox"] },
  { debianPackage: "iptables", anyOf: ["iptables"] },
  { debianPackage: "conntrack", anyOf: ["conntrack"] },
  { debianPackage: "iproute2", anyOf: ["ip"] },
  { debianPackage: "mount", anyOf: ["umount"] },
];

const extraDirs = ["/usr/sbin", "/sbin", "/usr/local/sbin"];

/** The path of a program, looked for on the PATH and in the folders of root's programs. */
export function findProgram(name: string): string | undefined {
  if (name.startsWith("/")) return existsSync(name) ? name : undefined;
  const dirs = [...(process.env["PATH"] ?? "").split(delimiter), ...extraDirs];
  return dirs.map((dir) => join(dir, name)).find((path) => existsSync(path));
}

export function programPath(name: string): string {
  const path = findProgram(name);
  if (!path) throw new ClusterUnavailable([name], `Install the Debian package that holds ${name}.`);
  return path;
}

/** Installs what is missing with apt-get where that is possible, else says what to install. */
export async function ensureDebianPackages(withNode: boolean): Promise<void> {
  const wanted = withNode ? [...forControlPlane, ...forNode] : forControlPlane;
  const missing = () => [
    ...new Set(
      wanted.filter((need) => !need.anyOf.some((name) => findProgram(name))).map((need) => need.debianPackage),
    ),
  ];
  const names = missing();
  if (names.length === 0) return;
  const remedy = `Install them first: apt-get install ${names.join(" ")}`;
  if (process.getuid?.() !== 0 || !findProgram("apt-get")) throw new ClusterUnavailable(names, remedy);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = async (line: string, args: string[]) => {
    report(line);
    // Another apt-get may hold the lock for a while: wait for it instead of failing.
    const result = await withHeartbeat(
      (seconds) => `${line} (${seconds} s)`,
      tryCommand("apt-get", ["-o", "DPkg::Lock::Timeout=900", ...args], { env }),
    );
    if (result.code !== 0) report(`apt-get ${args[0]}: ${result.stderr.trim().split("\n").at(-1) ?? ""}`);
  };
  await apt("refreshing the Debian package lists", ["update"]);
  await apt(`installing Debian packages: ${names.join(" ")}`, ["install", "-y", "--no-install-recommends", ...names]);
  const still = missing();
  if (still.length > 0) throw new ClusterUnavailable(still, remedy);
}
