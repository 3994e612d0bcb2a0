import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";

/** The first pod of a seeded workload. */
export async function podOf(cluster: Cluster, namespace: string, name: string): Promise<string> {
  const found = await cluster.kubectl([
    "get",
    "pods",
    "-n",
    namespace,
    "-l",
    `app.kubernetes.io/name=${name}`,
    "-o",
    "jsonpath={.items[0].metadata.name}",
  ]);
  return found.trim();
}

/**
 * A pod on the real node whose one program is `sleep`: it is copied there by an init container, and an empty volume lies over /bin,
 * so that there is no shell, by whatever name.
 */
export async function podWithoutShell(cluster: Cluster, name: string): Promise<void> {
  const image = await cluster.kubectl([
    "get",
    "pods",
    "-n",
    "shop",
    "-l",
    "app.kubernetes.io/name=web",
    "-o",
    "jsonpath={.items[0].spec.containers[0].image}",
  ]);
  const manifest = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "shop" },
    spec: {
      nodeSelector: { "stowage.test/node": "real" },
      terminationGracePeriodSeconds: 0,
      volumes: [
        { name: "program", emptyDir: {} },
        { name: "nothing", emptyDir: {} },
      ],
      initContainers: [
        {
          name: "copy",
          image: image.trim(),
          command: ["cp", "/bin/busybox", "/program/sleep"],
          volumeMounts: [{ name: "program", mountPath: "/program" }],
        },
      ],
      containers: [
        {
          name: "bare",
          image: image.trim(),
          command: ["/program/sleep", "100000"],
          volumeMounts: [
            { name: "program", mountPath: "/program" },
            { name: "nothing", mountPath: "/bin" },
          ],
        },
      ],
    },
  };
  await cluster.kubectl(["apply", "-f", "-"], { input: JSON.stringify(manifest) });
  await waitUntil(
    async () =>
      (await cluster.kubectl(["get", "pod", name, "-n", "shop", "-o", "jsonpath={.status.phase}"])).trim() ===
      "Running",
    { what: "the pod without a shell to run", timeoutSeconds: 60 },
  );
}
