import { formatBytes } from "../shared/bytes.ts";
import { containersWith } from "./containers-with.ts";
import { engineIn, projectOf } from "./engine-object.ts";
import { FactList, pairsText } from "./facts.ts";
import type { Fact } from "./kind.ts";
import { defineKind } from "./kind.ts";
import { createdColumn, createdOf, labelsColumn, labelsOf, nameOf } from "./metadata.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, numberIn, objectIn, textIn } from "./read-object.ts";

/** Volumes of an engine: data that outlives the containers it is mounted in. */
export const volumes = defineKind({
  id: "volumes",
  engine: { resource: "volumes" },
  facets: ["driver", "project"],
  columns: {
    name: { type: "name", show: "standard" },
    driver: { type: "text", show: "standard" },
    project: { type: "text", show: "standard" },
    scope: { type: "text", show: "wide" },
    mountpoint: { type: "text", show: "wide" },
    created: createdColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const volume = engineIn(asObject(object));
    const metadata = objectIn(asObject(object), "metadata");
    return {
      name: nameOf(metadata),
      driver: textIn(volume, "Driver"),
      project: projectOf(objectIn(metadata, "labels")),
      scope: textIn(volume, "Scope"),
      mountpoint: textIn(volume, "Mountpoint"),
      created: createdOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  sections: [{ type: "facts", title: "summary", facts: summaryFacts }, containersWith("volumes"), { type: "labels" }],
});

function summaryFacts(object: JsonObject): Fact[] {
  const volume = engineIn(asObject(object));
  const metadata = objectIn(asObject(object), "metadata");
  const used = numberIn(objectIn(volume, "UsageData"), "Size");
  return new FactList()
    .text("driver", textIn(volume, "Driver"))
    .mono("mountpoint", textIn(volume, "Mountpoint"))
    .text("scope", textIn(volume, "Scope"))
    .mono("options", pairsText(volume, "Options"))
    .text("project", projectOf(objectIn(metadata, "labels")))
    .mono("size", used === null || used < 0 ? null : formatBytes(used))
    .time("created", createdOf(metadata)).facts;
}
