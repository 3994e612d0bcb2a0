import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { KubeContext } from "./kubeconfig.ts";
import type { Environment } from "./proxy.ts";

export const serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

/** The cluster that this process runs in, by the pod's service account; null outside of one. The token file is reread as it rotates. */
export async function inClusterContext(env: Environment, folder = serviceAccountFolder): Promise<KubeContext | null> {
  const host = env["KUBERNETES_SERVICE_HOST"];
  const port = env["KUBERNETES_SERVICE_PORT"];
  if (!host || !port) return null;
  const tokenFile = join(folder, "token");
  if ((await textOf(tokenFile)) === null) return null;
  const namespace = (await textOf(join(folder, "namespace")))?.trim() || null;
  return {
    name: "in-cluster",
    file: folder,
    namespace,
    cluster: {
      name: "in-cluster",
      entry: {
        server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
        "certificate-authority": join(folder, "ca.crt"),
      },
    },
    user: { name: "service account", entry: { tokenFile } },
    problem: null,
  };
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return null;
  }
}
