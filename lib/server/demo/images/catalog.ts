import { createHash } from "node:crypto";

import { parseImageReference } from "../../../shared/image-reference.ts";
import { baseOf, bases, ownSteps } from "./bases.ts";
import type { Step } from "./bases.ts";

/** `diff` is the diffID; `digest` that of the compressed blob. Bytes. */
export type DemoLayer = {
  readonly diff: string;
  readonly digest: string;
  readonly compressed: number;
  readonly unpacked: number;
  readonly createdBy: string;
};

/** Bytes that have a digest. */
export type Document = { readonly digest: string; readonly bytes: Buffer; readonly type: string };

/** The OCI config's own words. */
export type DemoConfig = {
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Env: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
  readonly Volumes?: Readonly<Record<string, object>>;
  readonly Labels: Readonly<Record<string, string>>;
};

export type DemoPlatform = {
  readonly architecture: "amd64" | "arm64";
  readonly manifest: Document;
  readonly config: Document;
};

export type DemoImage = {
  /** `registry.harbour.example/shop/web:7.4.0`. */
  readonly name: string;
  readonly repository: string;
  readonly tag: string;
  /** The image ID: the digest of the config for linux/amd64. */
  readonly id: string;
  readonly index: Document;
  readonly indexDigest: string;
  readonly platforms: readonly DemoPlatform[];
  /** Of linux/amd64, lowest first. */
  readonly layers: readonly DemoLayer[];
  /** Oldest first. */
  readonly history: readonly { readonly createdBy: string; readonly empty: boolean; readonly bytes: number }[];
  readonly config: DemoConfig;
  /** RFC 3339. */
  readonly created: string;
};

/** The registry that the demo's clusters pull from. */
export const demoRegistry = "registry.harbour.example";

const known = new Map<string, DemoImage>();
const types = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar+gzip",
} as const;
/** What tar and gzip make of a file system. */
const gzipShare = 0.38;
const epoch = Date.UTC(2026, 8, 1);

/** The image of a name, the same for the same name; there is one for every name, as if somebody had built it. */
export function imageOf(name: string): DemoImage {
  let image = known.get(name);
  if (!image) {
    image = build(name);
    known.set(name, image);
  }
  return image;
}

function build(name: string): DemoImage {
  const reference = parseImageReference(name);
  const repository = reference?.repository ?? name;
  const tag = reference?.tag ?? "latest";
  const steps = [...bases[baseOf(repository)], ...ownSteps(repository, tag)];
  const config = configOf(repository, tag, steps);
  const created = new Date(epoch + (numberIn(digestOf(`${repository}:${tag}`)) % 7_000_000) * 1_000).toISOString();
  const platforms = (["amd64", "arm64"] as const).map((architecture) =>
    platformOf(architecture, steps, config, created),
  );
  const index = documentOf(types.index, {
    schemaVersion: 2,
    mediaType: types.index,
    manifests: platforms.map(({ architecture, manifest }) => ({
      mediaType: types.manifest,
      digest: manifest.digest,
      size: manifest.bytes.length,
      platform: { architecture, os: "linux" },
    })),
    annotations: { "org.opencontainers.image.version": tag },
  });
  return {
    name,
    repository,
    tag,
    id: platforms[0]?.config.digest ?? "",
    index,
    indexDigest: index.digest,
    platforms,
    layers: layersOf(steps, "amd64"),
    history: steps.map(({ createdBy, unpacked }) => ({
      createdBy,
      empty: unpacked === undefined,
      bytes: unpacked ?? 0,
    })),
    config,
    created,
  };
}

function platformOf(
  architecture: DemoPlatform["architecture"],
  steps: readonly Step[],
  config: DemoConfig,
  created: string,
): DemoPlatform {
  const layers = layersOf(steps, architecture);
  const document = documentOf(types.config, {
    architecture,
    os: "linux",
    created,
    author: "harbour build",
    config,
    rootfs: { type: "layers", diff_ids: layers.map(({ diff }) => diff) },
    history: steps.map(({ createdBy, unpacked }) => ({
      created,
      created_by: createdBy,
      ...(unpacked === undefined ? { empty_layer: true } : {}),
    })),
  });
  const manifest = documentOf(types.manifest, {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: { mediaType: types.config, digest: document.digest, size: document.bytes.length },
    layers: layers.map(({ digest, compressed }) => ({ mediaType: types.layer, digest, size: compressed })),
  });
  return { architecture, config: document, manifest };
}

function layersOf(steps: readonly Step[], architecture: string): DemoLayer[] {
  return steps.flatMap(({ key, createdBy, unpacked }) =>
    unpacked === undefined
      ? []
      : [
          {
            diff: digestOf(`diff ${architecture} ${key}`),
            digest: digestOf(`blob ${architecture} ${key}`),
            compressed: Math.round(unpacked * gzipShare),
            unpacked,
            createdBy,
          },
        ],
  );
}

function configOf(repository: string, tag: string, steps: readonly Step[]): DemoConfig {
  const said = (word: string) =>
    steps.flatMap(({ createdBy }) => (createdBy.startsWith(`${word} `) ? [createdBy.slice(word.length + 1)] : []));
  const list = (word: string) => {
    const [words] = said(word).slice(-1);
    return words === undefined ? undefined : [...words.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? "");
  };
  const [user, port] = ["USER", "EXPOSE"].map((word) => said(word).at(-1));
  const isApplication = ["node", "java", "python"].includes(baseOf(repository)) && !repository.startsWith("library/");
  const [entrypoint, command] = [list("ENTRYPOINT"), list("CMD")];
  return {
    ...(user === undefined ? {} : { User: user }),
    ...(port === undefined ? {} : { ExposedPorts: { [`${port}/tcp`]: {} } }),
    Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", ...said("ENV")],
    ...(entrypoint ? { Entrypoint: entrypoint } : {}),
    ...(command ? { Cmd: command } : {}),
    ...(isApplication ? { WorkingDir: "/app" } : {}),
    ...(baseOf(repository) === "postgres" ? { Volumes: { "/var/lib/postgresql": {} } } : {}),
    Labels: {
      "org.opencontainers.image.title": repository.split("/").at(-1) ?? repository,
      "org.opencontainers.image.version": tag,
      "org.opencontainers.image.source": `https://git.harbour.example/${repository}`,
      "org.opencontainers.image.revision": digestOf(`revision ${repository}:${tag}`).slice(7, 47),
    },
  };
}

export function documentOf(type: string, value: object): Document {
  const bytes = Buffer.from(JSON.stringify(value));
  return { digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, bytes, type };
}

/** A digest that belongs to no bytes: nobody is handed out a layer of the demo. */
function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(`demo ${text}`).digest("hex")}`;
}

function numberIn(digest: string): number {
  return Number.parseInt(digest.slice(7, 15), 16);
}
