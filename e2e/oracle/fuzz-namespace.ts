import type { ApiServer } from "./api-server.ts";
import { ServerRefused } from "./api-server.ts";

/** Held by this, a pod that was deleted stays to be looked at. */
export const finalizer = "stowage.test/held";
/** Nobody's name: no scheduler and so no kubelet touches the pods. */
export const schedulerName = "stowage-fuzz";

/** Does the work in a namespace of its own and takes it away again, whatever happened. */
export async function inFuzzNamespace<T>(
  server: ApiServer,
  seed: number,
  work: (namespace: string) => Promise<T>,
): Promise<T> {
  const namespace = `stowage-fuzz-${seed}-${process.pid}`;
  await server.post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  try {
    return await work(namespace);
  } finally {
    await cleanUp(server, namespace);
  }
}

async function cleanUp(server: ApiServer, namespace: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}`;
  const { body } = await server.get(`${path}/pods`);
  const { items } = body as { items: { metadata: { name: string; finalizers?: string[] } }[] };
  const held = items.filter(({ metadata }) => metadata.finalizers?.includes(finalizer));
  await inLanes(held, 16, async ({ metadata }) => {
    await server.patch(`${path}/pods/${metadata.name}`, { metadata: { finalizers: null } }, "merge");
  });
  await server.delete(path);
}

/** Runs the work over all items, some at a time, and ends when every lane has ended: nothing is still being made while all is removed. */
export async function inLanes<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const lane = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** A namespace's default service account follows the namespace by a moment. */
export async function withRetry(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof ServerRefused) || error.status !== 403 || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }
}

/** False where the API server does not let something through that it finds invalid. */
export async function isAccepted(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof ServerRefused && error.status === 422) return false;
    throw error;
  }
}
