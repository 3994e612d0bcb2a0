import { etcdUrl } from "./control-plane.ts";
import { ClusterFailed } from "./errors.ts";
import type { ClusterPlan } from "./options.ts";

// etcdctl is not built: etcd serves the same calls as JSON on its client port.
async function call(plan: ClusterPlan, path: string, body: object): Promise<{ header?: { revision?: string } }> {
  const answer = await fetch(`${etcdUrl(plan)}${path}`, { method: "POST", body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new ClusterFailed(`etcd answered ${answer.status} to ${path}`, text);
  return JSON.parse(text) as { header?: { revision?: string } };
}

export async function compactEtcd(plan: ClusterPlan): Promise<{ revision: string }> {
  const range = await call(plan, "/v3/kv/range", { key: Buffer.from("compact-probe").toString("base64") });
  const revision = range.header?.revision;
  if (!revision) throw new ClusterFailed("etcd told no revision");
  await call(plan, "/v3/kv/compaction", { revision, physical: true });
  return { revision };
}
