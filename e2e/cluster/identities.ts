import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterPlan } from "./options.ts";
import { makeDirs } from "./paths.ts";

/** Whom tests may be. What each may do is in access-rules.ts. */
export const identities = ["admin", "team", "pods-only", "nobody", "stowage-reader"] as const;
export type Identity = (typeof identities)[number];

interface User {
  name: string;
  groups: string[];
  /** The default namespace of the kubeconfig, for a user bound to one. */
  namespace?: string;
}

export const nodeName = "real-1";

// The parts of the control plane have names of their own, so that the audit log tells them from people.
const users: Record<string, User> = {
  admin: { name: "admin", groups: ["system:masters"] },
  team: { name: "team", groups: ["team-shop"], namespace: "shop" },
  "pods-only": { name: "pods-only", groups: [] },
  nobody: { name: "nobody", groups: [] },
  "stowage-reader": { name: "stowage-reader", groups: [] },
  "kube-controller-manager": { name: "system:kube-controller-manager", groups: ["system:masters"] },
  "kube-scheduler": { name: "system:kube-scheduler", groups: ["system:masters"] },
  "kube-proxy": { name: "system:kube-proxy", groups: [] },
  kwok: { name: "kwok", groups: ["system:masters"] },
  seeder: { name: "stowage-seeder", groups: ["system:masters"] },
  node: { name: `system:node:${nodeName}`, groups: ["system:nodes"] },
};

/** Users for whom there is a token and a kubeconfig: the identities and the cluster's own parts. */
export type TokenHolder =
  | Identity
  | "kube-controller-manager"
  | "kube-scheduler"
  | "kube-proxy"
  | "kwok"
  | "seeder"
  | "node";

export function isIdentity(name: string): name is Identity {
  return (identities as readonly string[]).includes(name);
}

export function readTokens(tokenFile: string): Map<string, string> {
  const tokens = new Map<string, string>();
  if (!existsSync(tokenFile)) return tokens;
  for (const line of readFileSync(tokenFile, "utf8").split("\n")) {
    const [token, , uid] = line.split(",");
    if (token && uid) tokens.set(uid, token);
  }
  return tokens;
}

/** Writes the API server's token file; tokens that exist stay, as kubeconfigs in other hands hold them. */
export function ensureTokens(plan: ClusterPlan): Map<string, string> {
  const tokens = readTokens(plan.paths.tokens);
  for (const key of Object.keys(users)) {
    if (!tokens.has(key)) tokens.set(key, randomBytes(24).toString("hex"));
  }
  const lines = Object.entries(users).map(([key, user]) => {
    const groups = user.groups.length > 0 ? `,"${user.groups.join(",")}"` : "";
    return `${tokens.get(key)},${user.name},${key}${groups}`;
  });
  makeDirs(plan.paths.pki);
  writeFileSync(plan.paths.tokens, `${lines.join("\n")}\n`, { mode: 0o600 });
  return tokens;
}

export function kubeconfigPath(plan: ClusterPlan, holder: TokenHolder): string {
  return join(plan.paths.kubeconfigs, `${holder}.yaml`);
}

/** One kubeconfig a user, with everything in it, so that the file can be handed on. */
export function writeKubeconfigs(plan: ClusterPlan, caFile: string, tokens: Map<string, string>): void {
  makeDirs(plan.paths.kubeconfigs);
  const authority = readFileSync(caFile).toString("base64");
  const cluster = `stowage-${plan.name}`;
  for (const [key, user] of Object.entries(users)) {
    const context = key === "admin" ? cluster : `${cluster}-${key}`;
    const lines = [
      "apiVersion: v1",
      "kind: Config",
      `current-context: ${context}`,
      "clusters:",
      `- name: ${cluster}`,
      "  cluster:",
      `    server: ${serverUrl(plan)}`,
      `    certificate-authority-data: ${authority}`,
      "users:",
      `- name: ${key}`,
      "  user:",
      `    token: ${tokens.get(key)}`,
      "contexts:",
      `- name: ${context}`,
      "  context:",
      `    cluster: ${cluster}`,
      `    user: ${key}`,
      ...(user.namespace ? [`    namespace: ${user.namespace}`] : []),
    ];
    writeFileSync(join(plan.paths.kubeconfigs, `${key}.yaml`), `${lines.join("\n")}\n`, { mode: 0o600 });
  }
}

export function serverUrl(plan: ClusterPlan): string {
  return `https://127.0.0.1:${plan.addresses.ports.apiServer}`;
}
