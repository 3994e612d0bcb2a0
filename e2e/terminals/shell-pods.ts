import type { Cluster } from "../cluster/cluster.ts";
import { waitUntil } from "../cluster/wait-until.ts";
import { seededPod } from "../server/seeded-pod.ts";

/**
 * A pod on the real node whose one program is `sleep`: it is copied there by an init container, and an empty volume lies over /bin,
 * so that there is no shell, by whatever name.
 */
export async function podWithoutShell(cluster: Cluster, name: string): Promise<void> {
  const image = await seededPod(cluster, "shop", "web", ".spec.containers[0].image");
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
          image,
          command: ["cp", "/bin/busybox", "/program/sleep"],
          volumeMounts: [{ name: "program", mountPath: "/program" }],
        },
      ],
      containers: [
        {
          name: "bare",
          image,
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
