import { createHash } from "node:crypto";
import { z } from "zod";

import type { EngineResource } from "../../../kinds/kind.ts";
import type { KubeObject } from "../../../protocol/object.ts";

type Spec = {
  /** Asks for the whole list. */
  readonly path: string;
  /** The types of events after which the list may be another. */
  readonly events: readonly string[];
  /** Of Podman, which tells no event when one is made or removed, the list is read anew this often, in ms. */
  readonly podmanRelistMs?: number;
  /** One object by its name in the list, as a whole; null for an answer that is none. */
  readonly one: { path: (name: string) => string; parse: (json: unknown) => KubeObject | null };
  /** Takes an answer apart. Throws ZodError for what is no list of this. */
  readonly parse: (json: unknown) => KubeObject[];
};

/**
 * How each list is read. Objects come in the shape that kinds project: `metadata` with name, uid, labels and creation, and all that
 * the engine said under `engine`. It is text from outside like every object.
 */
export const engineResources: Readonly<Record<EngineResource, Spec>> = {
  containers: {
    path: "/containers/json?all=1",
    events: ["container"],
    one: one((name) => `/containers/${name}/json`),
    parse: (json) => list(container).parse(json),
  },
  images: {
    path: "/images/json",
    events: ["image"],
    one: one((name) => `/images/${name}/json`),
    parse: (json) => list(image).parse(json),
  },
  networks: {
    path: "/networks",
    events: ["network"],
    podmanRelistMs: 3_000,
    one: one((name) => `/networks/${name}`),
    parse: (json) => list(network).parse(json),
  },
  engines: {
    path: "/info",
    events: ["daemon", "container", "image"],
    one: one(() => "/info"),
    parse: (json) => [info.parse(json)],
  },
  volumes: {
    path: "/volumes",
    events: ["volume"],
    one: one((name) => `/volumes/${name}`),
    parse: (json) => z.object({ Volumes: list(volume).nullish() }).parse(json).Volumes ?? [],
  },
};

/** Reads what the engine's inspect says: names and labels lie in different places than in its lists. */
function one(path: (name: string) => string): Spec["one"] {
  return {
    path: (name) => path(encodeURIComponent(name)),
    parse: (json) => {
      const raw = whole.safeParse(json);
      if (!raw.success) return null;
      const { Id, Name, Created, CreatedAt, Labels, Config } = raw.data;
      const name = (Name ?? Id?.replace(/^sha256:/, "") ?? "").replace(/^\//, "");
      const uid = Id ?? (CreatedAt ? `${name}@${CreatedAt}` : name);
      const time = Id === podmanDefault ? null : (Created ?? CreatedAt);
      return objectOf(raw.data, { name, uid, labels: Config?.Labels ?? Labels, time });
    },
  };
}

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
    objectOf(raw, {
      name: raw.Name,
      uid: raw.Id,
      time: raw.Id === podmanDefault ? null : raw.Created,
      labels: raw.Labels,
    }),
  );

/** Podman calls its default network `bridge` here, and the moment of asking its creation. The id is the hash of its own name. */
const podmanDefault = createHash("sha256").update("podman").digest("hex");

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

const info = z
  .looseObject({ Name: z.string() })
  // Its ID is no identity: Podman thinks of another one whenever it is asked.
  .transform((raw): KubeObject => objectOf(raw, { name: raw.Name, uid: raw.Name, labels: null }));

const whole = z.looseObject({
  Id: z.string().optional(),
  Name: z.string().optional(),
  Created: z.string().nullish(),
  CreatedAt: z.string().nullish(),
  // Podman and dockerd disagree about what else may stand here: an engine's own are a list.
  Labels: z
    .unknown()
    .optional()
    .transform((given) => labels.safeParse(given).data),
  Config: z.looseObject({ Labels: labels }).nullish(),
});

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
