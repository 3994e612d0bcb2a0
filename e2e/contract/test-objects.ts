import { randomBytes } from "node:crypto";

import type { KubeObject } from "../../lib/protocol/object.ts";
import { ask } from "./api-door.ts";
import type { Answer, ApiDoor } from "./api-door.ts";

export type Deployment = KubeObject & {
  spec: {
    replicas?: number;
    minReadySeconds?: number;
    selector: object;
    template: { metadata: object; spec: { containers: Container[]; volumes?: { name: string }[] } };
  };
  status?: { observedGeneration?: number; replicas?: number };
};
export type Container = {
  name: string;
  image: string;
  imagePullPolicy?: string;
  env?: { name: string; value?: string }[];
  ports?: { containerPort: number; protocol?: string; name?: string }[];
};

export type Status = {
  kind: string;
  status: string;
  message: string;
  reason?: string;
  code?: number;
  details?: { name?: string; kind?: string; group?: string; causes?: { reason: string; field: string }[] };
};

export const mergePatch = "application/merge-patch+json";
export const strategicPatch = "application/strategic-merge-patch+json";
export const jsonPatch = "application/json-patch+json";
export const applyPatch = "application/apply-patch+yaml";

/** A deployment of nothing: it has no pods, so that nobody needs its image. */
export function deployment(name: string, more: object = {}): Deployment {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            { name: "main", image: "example/main:1", env: [{ name: "A", value: "1" }], ports: [{ containerPort: 80 }] },
          ],
        },
      },
      ...more,
    },
  };
}

export function deploymentsAt({ namespace }: ApiDoor): string {
  return `/apis/apps/v1/namespaces/${namespace}/deployments`;
}

/** Runs with a name that nobody has, and takes away what was made under it. */
export async function withDeployment(
  door: ApiDoor,
  use: (path: string, name: string, made: Deployment) => Promise<void>,
): Promise<void> {
  const name = `contract-${randomBytes(4).toString("hex")}`;
  const path = `${deploymentsAt(door)}/${name}`;
  try {
    const made = await ask(door, deploymentsAt(door), { body: deployment(name) });
    if (made.status !== 201) throw new Error(`${made.status} ${made.text}`);
    await use(path, name, read(made));
  } finally {
    await ask(door, path, { method: "DELETE" });
  }
}

export async function patch(door: ApiDoor, path: string, contentType: string, body: unknown): Promise<Answer> {
  return ask(door, path, { method: "PATCH", contentType, body });
}

export function read({ text }: Answer): Deployment {
  return JSON.parse(text) as Deployment;
}

export function readStatus({ text }: Answer): Status {
  return JSON.parse(text) as Status;
}
