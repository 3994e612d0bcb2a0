import { z } from "zod";

/** One thing that a manifest points at. `size` is bytes as stored, for layers mostly compressed. */
export type Descriptor = {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** Only of a manifest in an index. */
  readonly platform: Platform | null;
  readonly artifactType: string | null;
};

/** `linux/arm64/v8` taken apart. */
export type Platform = {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string | null;
  readonly osVersion: string | null;
};

export type ImageIndex = {
  readonly type: "index";
  readonly mediaType: string;
  readonly manifests: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
};
export type ImageManifest = {
  readonly type: "manifest";
  readonly mediaType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly artifactType: string | null;
};

/** A config as OCI and Docker write it; its digest is the image ID. Of its environment only names are told elsewhere. */
export type ImageConfig = {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string | null;
  readonly created: string | null;
  readonly author: string | null;
  readonly diffIds: readonly string[];
  /** One entry a build step, oldest first; `emptyLayer` steps made no layer. */
  readonly history: readonly {
    readonly created: string | null;
    readonly createdBy: string;
    readonly comment: string;
    readonly emptyLayer: boolean;
  }[];
  readonly labels: Readonly<Record<string, string>>;
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: readonly string[];
  readonly workingDir: string;
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
};

export const indexTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
] as const;
export const manifestTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
] as const;

/** Entries of one list that are read; what has more is no image. */
const most = 10_000;
const digest = z.string().regex(/^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]{32,128}$/);
const words = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

const platform = z
  .object({ os: z.string(), architecture: z.string(), variant: text, "os.version": text })
  .transform((value): Platform => ({
    os: value.os,
    architecture: value.architecture,
    variant: value.variant,
    osVersion: value["os.version"],
  }));

const descriptor = z
  .object({
    mediaType: z.string(),
    digest,
    size: z.number().int().min(0),
    annotations: words,
    platform: platform.nullish().transform((value) => value ?? null),
    artifactType: text,
  })
  .transform((value): Descriptor => value);

const indexSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: text,
  manifests: z.array(descriptor).max(most),
  annotations: words,
});

const manifestSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: text,
  config: descriptor,
  layers: z.array(descriptor).max(most),
  annotations: words,
  artifactType: text,
});

const names = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => Object.keys(value ?? {}));
const list = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);
const string = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

const configSchema = z.object({
  os: string,
  architecture: string,
  variant: text,
  created: text,
  author: text,
  rootfs: z.object({ diff_ids: z.array(digest).max(most) }),
  history: z
    .array(z.object({ created: text, created_by: string, comment: string, empty_layer: z.boolean().nullish() }))
    .max(most)
    .nullish()
    .transform((value) => value ?? []),
  config: z
    .object({
      Labels: words,
      User: string,
      Entrypoint: list,
      Cmd: list,
      Env: list,
      WorkingDir: string,
      ExposedPorts: names,
      Volumes: names,
    })
    .nullish(),
});

/** Reads a manifest or an index by what it holds, since media types are often wrong. Throws ZodError. */
export function parseManifest(json: unknown, contentType: string): ImageIndex | ImageManifest {
  if (typeof json === "object" && json !== null && "manifests" in json) {
    const { mediaType, manifests, annotations } = indexSchema.parse(json);
    return { type: "index", mediaType: mediaType ?? contentType, manifests, annotations };
  }
  const { mediaType, config, layers, annotations, artifactType } = manifestSchema.parse(json);
  return { type: "manifest", mediaType: mediaType ?? contentType, config, layers, annotations, artifactType };
}

/** Throws ZodError. */
export function parseConfig(json: unknown): ImageConfig {
  const { config, rootfs, history, ...whole } = configSchema.parse(json);
  return {
    ...whole,
    diffIds: rootfs.diff_ids,
    history: history.map((step) => ({
      created: step.created,
      createdBy: step.created_by,
      comment: step.comment,
      emptyLayer: step.empty_layer === true,
    })),
    labels: config?.Labels ?? {},
    user: config?.User ?? "",
    entrypoint: config?.Entrypoint ?? [],
    command: config?.Cmd ?? [],
    environment: config?.Env ?? [],
    workingDir: config?.WorkingDir ?? "",
    exposedPorts: config?.ExposedPorts ?? [],
    volumes: config?.Volumes ?? [],
  };
}
