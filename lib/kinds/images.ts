import type { HealthLevel } from "../protocol/cell.ts";
import { filterTerm } from "../shared/filter-term.ts";
import { formatBytes } from "../shared/bytes.ts";
import { engineIn, shortId, tagsIn } from "./engine-object.ts";
import { FactList } from "./facts.ts";
import type { Fact, ImageLink, Sentence } from "./kind.ts";
import { defineKind } from "./kind.ts";
import { createdColumn, createdOf, healthColumn, labelsColumn, labelsOf } from "./metadata.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, numberIn, objectIn, textIn, textsIn } from "./read-object.ts";

/** Images on the disk of an engine. What a registry holds has pages of its own. */
export const images = defineKind({
  id: "images",
  engine: { resource: "images" },
  facets: ["tagged"],
  sort: "name",
  columns: {
    name: { type: "name", show: "standard" },
    tags: { type: "list", show: "standard" },
    imageId: { type: "text", show: "standard" },
    size: { type: "bytes", show: "standard", align: "right" },
    tagged: { type: "text", show: "standard" },
    created: createdColumn,
    digests: { type: "list", show: "wide" },
    health: healthColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const image = engineIn(asObject(object));
    const metadata = objectIn(asObject(object), "metadata");
    const tags = tagsIn(image);
    const id = textIn(image, "Id");
    return {
      name: tags[0] ?? shortId(id),
      tags: tags.length === 0 ? null : tags,
      imageId: id,
      size: numberIn(image, "Size"),
      tagged: tags.length === 0 ? "dangling" : "tagged",
      created: createdOf(metadata),
      digests: digestsOf(image),
      health: "ok",
      labels: labelsOf(metadata),
    };
  },
  health: (object) => healthOf(engineIn(asObject(object))),
  title: (object) => tagsIn(engineIn(asObject(object)))[0] ?? null,
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "layers" },
    {
      type: "related",
      title: "containers",
      kind: "containers",
      q: (object) => {
        const id = textIn(engineIn(asObject(object)), "Id");
        return id === null ? null : filterTerm("imageId", id);
      },
    },
    { type: "facts", title: "configuration", facts: configurationFacts },
    { type: "lines", title: "environment", lines: (object) => textsIn(configOf(object), "Env") },
    { type: "labels" },
  ],
});

function digestsOf(image: JsonObject): readonly string[] | null {
  const digests = textsIn(image, "RepoDigests").filter((digest) => !digest.startsWith("<none>"));
  return digests.length === 0 ? null : digests;
}

/** The page of what its registry holds under its first name; none for an image that was built here and has no name. */
function inRegistry(image: JsonObject): ImageLink | null {
  const [tag] = tagsIn(image);
  if (tag === undefined) return null;
  const repository = tag.replace(/:[^:/]*$/, "");
  const imageId = digestsOf(image)?.find((digest) => digest.startsWith(`${repository}@`)) ?? null;
  return { image: tag, imageId, podPath: null };
}

function healthOf(image: JsonObject): { level: HealthLevel; sentence: Sentence } {
  return { level: "ok", sentence: { key: tagsIn(image).length === 0 ? "imageDangling" : "imageTagged" } };
}

function configOf(object: unknown): JsonObject {
  return objectIn(engineIn(asObject(object)), "Config");
}

function summaryFacts(object: JsonObject): Fact[] {
  const image = engineIn(asObject(object));
  const metadata = objectIn(asObject(object), "metadata");
  const size = numberIn(image, "Size");
  const platform = [textIn(image, "Os"), textIn(image, "Architecture"), textIn(image, "Variant")];
  return new FactList()
    .mono("tags", tagsIn(image).join(", "), inRegistry(image))
    .mono("imageId", textIn(image, "Id"))
    .mono("digests", boundText((digestsOf(image) ?? []).join(", ")))
    .mono("size", size === null ? null : formatBytes(size))
    .mono("platform", platform.filter((word) => word !== null).join("/"))
    .text("builtWith", textIn(image, "DockerVersion"))
    .text("author", textIn(image, "Author"))
    .time("created", createdOf(metadata)).facts;
}

function configurationFacts(object: JsonObject): Fact[] {
  const config = configOf(object);
  return new FactList()
    .mono("entrypoint", textsIn(config, "Entrypoint").join(" "))
    .mono("command", textsIn(config, "Cmd").join(" "))
    .mono("workingDir", textIn(config, "WorkingDir"))
    .mono("user", textIn(config, "User"))
    .mono("ports", Object.keys(objectIn(config, "ExposedPorts")).join(", "))
    .mono("volumes", Object.keys(objectIn(config, "Volumes")).join(", "))
    .mono("stopSignal", textIn(config, "StopSignal")).facts;
}
