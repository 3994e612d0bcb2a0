import { containers } from "./containers.ts";
import { cronJobs } from "./cronjobs.ts";
import { daemonSets } from "./daemonsets.ts";
import { deployments } from "./deployments.ts";
import { endpointSlices } from "./endpointslices.ts";
import { engines } from "./engines.ts";
import { events } from "./events.ts";
import { images } from "./images.ts";
import { jobs } from "./jobs.ts";
import type { Kind } from "./kind.ts";
import { namespaces } from "./namespaces.ts";
import { networks } from "./networks.ts";
import { nodes } from "./nodes.ts";
import { setPages } from "./object-link.ts";
import { pods } from "./pods.ts";
import { replicaSets } from "./replicasets.ts";
import { services } from "./services.ts";
import { statefulSets } from "./statefulsets.ts";
import { volumes } from "./volumes.ts";

/** All kinds in the order of the rail. */
export const kindList: readonly Kind[] = [
  nodes,
  pods,
  containers,
  deployments,
  statefulSets,
  daemonSets,
  replicaSets,
  jobs,
  cronJobs,
  services,
  endpointSlices,
  namespaces,
  events,
  engines,
  images,
  volumes,
  networks,
];

export const kinds: ReadonlyMap<string, Kind> = new Map(kindList.map((kind) => [kind.id, kind]));

/** The kind of this id; undefined for one that nobody curated. */
export function kindOf(id: string): Kind | undefined {
  return kinds.get(id);
}

setPages(kindList);
