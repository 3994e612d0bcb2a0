import type { Resource } from "../api/resources.ts";
import { groupVersion } from "../api/resources.ts";
import { containerSchemas } from "./container-schemas.ts";
import { meta, metaSchemas } from "./meta-schemas.ts";
import { networkSchemas } from "./network-schemas.ts";
import { podSchemas } from "./pod-schemas.ts";
import type { Schema, Schemas } from "./schema.ts";
import { anyObject, object, pointsTo, ref, text } from "./schema.ts";
import { workloadSchemas } from "./workload-schemas.ts";

const written: Schemas = { ...metaSchemas, ...containerSchemas, ...podSchemas, ...workloadSchemas, ...networkSchemas };

/** Descriptions of the kinds, for the head of an editor. */
const about: Readonly<Record<string, string>> = {
  Namespace: "A part of the cluster with names of its own.",
  Node: "A machine that pods run on.",
  Pod: "Containers that run together on one node.",
  Deployment: "Pods that are alike, kept at a number and replaced step by step.",
  ReplicaSet: "Pods that are alike, kept at a number.",
  StatefulSet: "Pods with a name and storage of their own.",
  DaemonSet: "A pod on every node.",
  Job: "Pods that do their work and end.",
  Service: "A name and an address in front of pods.",
  CronJob: "Jobs that are made by the clock.",
};

const needSpec = ["CronJob", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"];

/** The name of a kind's schema: `io.k8s.api.apps.v1.Deployment`. */
export function schemaName({ group, version, kind }: Resource): string {
  return `io.k8s.api.${group === "" ? "core" : group.split(".")[0]}.${version}.${kind}`;
}

/** The schema of a kind's objects. */
export function schemaOf(resource: Resource): Schema {
  const name = schemaName(resource);
  const spec = written[`${name}Spec`];
  const whole = written[name] ?? {
    ...object(about[resource.kind] ?? resource.kind, {
      apiVersion: text(`The version of the API: ${groupVersion(resource)}.`),
      kind: text(`What it is: ${resource.kind}.`),
      metadata: ref(meta("ObjectMeta"), "Its name, labels and more."),
      spec: spec ? ref(`${name}Spec`, "What it is to be.") : anyObject("What it is to be."),
      status: anyObject("What it is. Written by the server."),
    }),
    ...(needSpec.includes(resource.kind) ? { required: ["spec"] } : {}),
  };
  const { group, version, kind } = resource;
  return { ...whole, "x-kubernetes-group-version-kind": [{ group, version, kind }] };
}

/** A schema that says itself what it is: followed to where it points. */
export function follow(schema: Schema | undefined): Schema | undefined {
  if (!schema) return undefined;
  const name = pointsTo(schema);
  return name === null ? schema : written[name];
}

/** These schemas and all that they point to, by name. */
export function withReferences(first: Schemas): Schemas {
  const found: Schemas = {};
  const visit = (name: string, schema: Schema) => {
    if (Object.hasOwn(found, name)) return;
    found[name] = schema;
    for (const next of namesIn(schema)) {
      const target = written[next];
      if (target) visit(next, target);
    }
  };
  for (const [name, schema] of Object.entries(first)) visit(name, schema);
  return found;
}

function namesIn(schema: Schema): string[] {
  const own = pointsTo(schema);
  const below = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties];
  return [...(own === null ? [] : [own]), ...below.flatMap((each) => (each ? namesIn(each) : []))];
}
