import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { compareNaturally } from "../../../shared/natural-order.ts";
import type { DemoImage, Document } from "../images/catalog.ts";
import { documentOf, imageOf } from "../images/catalog.ts";

export type ServedRegistry = { readonly url: string; close(): void };

/** Where a client is sent on: as many names at most come at once. */
const pageSize = 100;
const emptyConfig = documentOf("application/vnd.oci.empty.v1+json", {});

/**
 * Serves images over the OCI distribution API on a loopback port of its own, to whoever asks: catalog, tags, manifests, configs,
 * referrers. Layers have a digest and a size and no bytes: a client that would download one is refused and told why.
 */
export async function serveRegistry(host: string, names: () => ReadonlySet<string>): Promise<ServedRegistry> {
  let shelf = new Shelf(host, new Set());
  const server = createServer((request, response) => {
    if (shelf.names !== names()) shelf = new Shelf(host, names());
    answer(request, response, shelf);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What the registry has, found when it is asked for the first time. */
class Shelf {
  readonly names: ReadonlySet<string>;
  readonly repositories = new Map<string, Map<string, DemoImage>>();
  private readonly documents = new Map<string, Map<string, Document>>();

  constructor(host: string, names: ReadonlySet<string>) {
    this.names = names;
    for (const name of names) {
      if (!name.startsWith(`${host}/`)) continue;
      const rest = name.slice(host.length + 1);
      const colon = rest.lastIndexOf(":");
      const [repository, tag] = [rest.slice(0, colon), rest.slice(colon + 1)];
      const tags = this.repositories.get(repository) ?? new Map<string, DemoImage>();
      this.repositories.set(repository, tags.set(tag, imageOf(name)));
    }
  }

  /** Everything with a digest in a repository. */
  documentsOf(repository: string): Map<string, Document> {
    let known = this.documents.get(repository);
    if (known) return known;
    known = new Map([[emptyConfig.digest, emptyConfig]]);
    for (const image of this.repositories.get(repository)?.values() ?? []) {
      known.set(image.index.digest, image.index);
      for (const { manifest, config } of image.platforms)
        known.set(manifest.digest, manifest).set(config.digest, config);
      for (const { document } of this.referrersOf(image)) known.set(document.digest, document);
    }
    this.documents.set(repository, known);
    return known;
  }

  /** A signature and a bill of materials of each index. */
  referrersOf(image: DemoImage): { document: Document; artifactType: string }[] {
    const types = ["application/vnd.dev.cosign.artifact.sig.v1+json", "application/spdx+json"];
    return types.map((artifactType) => ({
      artifactType,
      document: documentOf("application/vnd.oci.image.manifest.v1+json", {
        schemaVersion: 2,
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        artifactType,
        config: { mediaType: emptyConfig.type, digest: emptyConfig.digest, size: emptyConfig.bytes.length },
        layers: [{ mediaType: emptyConfig.type, digest: emptyConfig.digest, size: emptyConfig.bytes.length }],
        subject: { mediaType: image.index.type, digest: image.index.digest, size: image.index.bytes.length },
        annotations: { "org.opencontainers.image.created": image.created },
      }),
    }));
  }
}

function answer(request: IncomingMessage, response: ServerResponse, shelf: Shelf): void {
  request.resume();
  const url = new URL(request.url ?? "/", "http://registry");
  response.setHeader("docker-distribution-api-version", "registry/2.0");
  if (request.method !== "GET" && request.method !== "HEAD")
    return fail(response, 405, "UNSUPPORTED", "the demo's registry is read only");
  if (url.pathname === "/v2/" || url.pathname === "/v2") return send(response, request, jsonOf({}));
  if (url.pathname === "/v2/_catalog") {
    const names = [...shelf.repositories.keys()].toSorted();
    return sendPage(response, request, url, names, (repositories) => ({ repositories }));
  }
  const [, repository = "", part, reference = ""] =
    /^\/v2\/(.+?)\/(tags\/list|manifests|blobs|referrers)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  const tags = shelf.repositories.get(repository);
  if (part === undefined) return fail(response, 404, "NAME_UNKNOWN", "there is no such address");
  if (!tags) return fail(response, 404, "NAME_UNKNOWN", `the repository ${repository} is not known`);
  switch (part) {
    case "tags/list": {
      const names = [...tags.keys()].toSorted(compareNaturally);
      return sendPage(response, request, url, names, (page) => ({ name: repository, tags: page }));
    }
    case "manifests": {
      const found = tags.get(reference)?.index ?? shelf.documentsOf(repository).get(reference);
      return found
        ? send(response, request, found)
        : fail(response, 404, "MANIFEST_UNKNOWN", `${repository}:${reference} is not known`);
    }
    case "blobs": {
      const found = shelf.documentsOf(repository).get(reference);
      if (found) return send(response, request, found);
      const isLayer = [...tags.values()].some((image) => image.layers.some(({ digest }) => digest === reference));
      return isLayer
        ? fail(response, 403, "DENIED", "the demo's registry hands out no layers")
        : fail(response, 404, "BLOB_UNKNOWN", `${reference} is not known`);
    }
    default: {
      const image = [...tags.values()].find(({ index }) => index.digest === reference);
      const manifests = (image ? shelf.referrersOf(image) : []).map(({ document, artifactType }) => ({
        mediaType: document.type,
        digest: document.digest,
        size: document.bytes.length,
        artifactType,
      }));
      const type = "application/vnd.oci.image.index.v1+json";
      return send(response, request, documentOf(type, { schemaVersion: 2, mediaType: type, manifests }));
    }
  }
}

function sendPage(
  response: ServerResponse,
  request: IncomingMessage,
  url: URL,
  names: readonly string[],
  body: (page: readonly string[]) => object,
): void {
  const asked = Number(url.searchParams.get("n") ?? pageSize);
  const count = Number.isInteger(asked) && asked > 0 ? Math.min(asked, pageSize) : pageSize;
  const last = url.searchParams.get("last");
  const from = last === null ? 0 : names.indexOf(last) + 1;
  const page = names.slice(from, from + count);
  const end = page.at(-1);
  if (from + count < names.length && end !== undefined)
    response.setHeader("link", `<${url.pathname}?n=${count}&last=${encodeURIComponent(end)}>; rel="next"`);
  send(response, request, jsonOf(body(page)));
}

function jsonOf(value: object): Document {
  return documentOf("application/json", value);
}

function send(response: ServerResponse, request: IncomingMessage, { bytes, digest, type }: Document): void {
  response.writeHead(200, {
    "content-type": type,
    "content-length": bytes.length,
    ...(type === "application/json" ? {} : { "docker-content-digest": digest }),
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

function fail(response: ServerResponse, status: number, code: string, message: string): void {
  const body = JSON.stringify({ errors: [{ code, message, detail: null }] });
  response.writeHead(status, { "content-type": "application/json" }).end(body);
}
