import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Cluster } from "../cluster/cluster.ts";
import { programPath } from "../cluster/debian-packages.ts";
import { runCommand } from "../cluster/run-command.ts";
import { tryDocker } from "./docker.ts";

const authorities = "/etc/ssl/certs/ca-certificates.crt";

const dockerfile = `FROM scratch
COPY rootfs /
RUN ["/bin/busybox", "--install", "-s", "/bin"]
ENV PATH=/usr/local/bin:/bin
`;

/**
 * What stands in for Docker Hub's Node image, since no public registry need be in reach: Node, its libraries, npm, a shell and
 * the certificates that this machine trusts. Gives the image's name.
 */
export async function ensureNodeImage(cluster: Cluster): Promise<string> {
  const npm = join((await runCommand("npm", ["root", "--global"])).trim(), "npm");
  const libraries = librariesIn(await runCommand("ldd", [process.execPath]));
  const hash = createHash("sha256").update(dockerfile).update(process.version).update(readFileSync(authorities));
  hash.update(readFileSync(join(npm, "package.json"))).update(libraries.join());
  const name = `stowage-test/node:${hash.digest("hex").slice(0, 16)}`;
  if ((await tryDocker(cluster, ["image", "inspect", name])).code === 0) return name;
  const context = join(cluster.plan.paths.images, "node");
  const rootfs = join(context, "rootfs");
  rmSync(context, { recursive: true, force: true });
  const put = (from: string, to: string) => cpSync(from, join(rootfs, to), { recursive: true, dereference: true });
  for (const folder of ["bin", "usr/bin", "usr/local/bin", "tmp", "root"])
    mkdirSync(join(rootfs, folder), { recursive: true });
  put(process.execPath, "usr/local/bin/node");
  put(npm, "usr/local/lib/node_modules/npm");
  symlinkSync("../lib/node_modules/npm/bin/npm-cli.js", join(rootfs, "usr/local/bin/npm"));
  for (const library of libraries) put(realpathSync(library), library);
  put(programPath("/bin/busybox"), "bin/busybox");
  symlinkSync("/bin/busybox", join(rootfs, "usr/bin/env"));
  put(authorities, authorities);
  mkdirSync(dirname(join(rootfs, "etc/passwd")), { recursive: true });
  writeFileSync(join(rootfs, "etc/passwd"), "root:x:0:0::/root:/bin/sh\n");
  writeFileSync(join(context, "Dockerfile"), dockerfile);
  const built = await tryDocker(cluster, ["build", "--tag", name, context]);
  if (built.code !== 0) throw new Error(`the Node image was not built: ${built.stderr.slice(-2000)}`);
  rmSync(context, { recursive: true, force: true });
  return name;
}

/** Parts of the C library that Node does not load, but programs that packages bring do. */
const furtherParts = ["librt.so.1", "libresolv.so.2", "libutil.so.1"];

/** Paths in the output of ldd: `libc.so.6 => /lib/…/libc.so.6 (0x…)`, and the loader by itself. */
function librariesIn(ldd: string): string[] {
  const loaded = [...ldd.matchAll(/(\/\S+) \(0x/g)].map(([, path = ""]) => path);
  const folder = dirname(loaded.find((path) => basename(path).startsWith("libc.so")) ?? "/lib/libc.so");
  const further = furtherParts.map((name) => join(folder, name)).filter(existsSync);
  return [...new Set([...loaded, ...further])].toSorted();
}
