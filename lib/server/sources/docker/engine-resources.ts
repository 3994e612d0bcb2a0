import { z } from "zod";

import type { KubeObject } from "../../../protocol/object.ts";

/** What an engine has lists of. Events are of the same names in the singular. */
export type EngineResource = "containers" | "images" | "volumes" | "networks";

type Spec = {
  /** Asks for the whole list. */
  readonly path: string;
  readonly event: string;
  /** Takes an answer apart. Throws ZodError for what is no list of this. */
  readonly parse: (json: unknown) => KubeObject[];
};

/**
 * How each list is read. Objects come in the shape that kinds project: `metadata` with name, uid, labels and creation, and all that
 * the engine said under `engine`. It is text from outside like every object.
 */
export const engineResources: Readonly<Record<EngineResource, Spec>> = {
  containers: { path: "/containers/json?all=1", event: "container", parse: (json) => list(container).parse(json) },
  images: { path: "/images/json", event: "image", parse: (json) => list(image).parse(json) },
  networks: { path: "/networks", event: "network", parse: (json) => list(network).parse(json) },
  volumes: {
    path: "/volumes",
    event: "volume",
    parse: (json) => z.object({ Volumes: list(volume).nullish() }).parse(json).Volumes ?? [],
  },
};

/** Objects of one list that are read. */
const most = 100_000;

function list<T extends z.ZodType>(item: T) {
  return z.array(item).max(most);
}

const labels = z.record(z.string(), z.string()).nullish();
const strings = z.array(z.string()).nullish();

const container = z
  .looseObject({ Id: z.string(), Names: strings, Created: z.number().nullish(), Labels: labels })
  .transform((raw): KubeObject => {
    const name = (raw.Names?.[0] ?? raw.Id.slice(0, 12)).replace(/^\//, "");
    return objectOf(raw, { name, uid: raw.Id, seconds: raw.Created, labels: raw.Labels });
  });

const image = z
  .looseObject({ Id: z.string(), Created: z.number().nullish(), Labels: labels })
  // Its name may change and its digest does not: the digest without its algorithm is what the engine's own tools abbreviate.
  .transform((raw): KubeObject =>
    objectOf(raw, { name: raw.Id.replace(/^sha256:/, ""), uid: raw.Id, seconds: raw.Created, labels: raw.Labels }),
  );

const network = z
  .looseObject({ Id: z.string(), Name: z.string(), Created: z.string().nullish(), Labels: labels })
  .transform((raw): KubeObject =>
    objectOf(raw, { name: raw.Name, uid: raw.Id, time: raw.Created, labels: raw.Labels }),
  );

const volume = z
  .looseObject({ Name: z.string(), CreatedAt: z.string().nullish(), Labels: labels })
  .transform((raw): KubeObject =>
    // A volume has no id: one that is made anew under the same name is told by its moment.
    objectOf(raw, {
      name: raw.Name,
      uid: `${raw.Name}@${raw.CreatedAt ?? ""}`,
      time: raw.CreatedAt,
      labels: raw.Labels,
    }),
  );

type Identity = {
  name: string;
  uid: string;
  labels: Record<string, string> | null | undefined;
  seconds?: number | null | undefined;
  time?: string | null | undefined;
};

function objectOf(raw: Record<string, unknown>, identity: Identity): KubeObject {
  const created =
    typeof identity.seconds === "number" ? new Date(identity.seconds * 1000) : new Date(identity.time ?? "");
  return {
    metadata: {
      name: identity.name,
      uid: identity.uid,
      ...(identity.labels ? { labels: identity.labels } : {}),
      ...(Number.isNaN(created.getTime()) ? {} : { creationTimestamp: created.toISOString() }),
    },
    engine: raw,
  };
}
