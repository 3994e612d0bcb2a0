import { containersWith } from "./containers-with.ts";
import { engineIn, projectOf, shortId } from "./engine-object.ts";
import { FactList, pairsText } from "./facts.ts";
import type { Fact } from "./kind.ts";
import { defineKind } from "./kind.ts";
import { createdColumn, createdOf, labelsColumn, labelsOf, nameOf } from "./metadata.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, listIn, objectIn, textIn } from "./read-object.ts";

/** Networks of an engine: which containers reach each other. */
export const networks = defineKind({
  id: "networks",
  engine: { resource: "networks" },
  facets: ["driver", "project"],
  columns: {
    name: { type: "name", show: "standard" },
    driver: { type: "text", show: "standard" },
    scope: { type: "text", show: "standard" },
    subnets: { type: "list", show: "standard" },
    project: { type: "text", show: "standard" },
    internal: { type: "text", show: "wide" },
    created: createdColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const network = engineIn(asObject(object));
    const metadata = objectIn(asObject(object), "metadata");
    const subnets = subnetsOf(network);
    return {
      name: nameOf(metadata),
      driver: textIn(network, "Driver"),
      scope: textIn(network, "Scope"),
      subnets: subnets.length === 0 ? null : subnets,
      project: projectOf(objectIn(metadata, "labels")),
      internal: flag(network, "Internal"),
      created: createdOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  sections: [{ type: "facts", title: "summary", facts: summaryFacts }, containersWith("networks"), { type: "labels" }],
});

function subnetsOf(network: JsonObject): string[] {
  return listIn(objectIn(network, "IPAM"), "Config").flatMap((entry) => textIn(asObject(entry), "Subnet") ?? []);
}

function flag(object: JsonObject, field: string): string | null {
  const value = object[field];
  return typeof value === "boolean" ? String(value) : null;
}

function summaryFacts(object: JsonObject): Fact[] {
  const network = engineIn(asObject(object));
  const metadata = objectIn(asObject(object), "metadata");
  const gateways = listIn(objectIn(network, "IPAM"), "Config").flatMap(
    (entry) => textIn(asObject(entry), "Gateway") ?? [],
  );
  return new FactList()
    .text("driver", textIn(network, "Driver"))
    .text("scope", textIn(network, "Scope"))
    .mono("subnets", subnetsOf(network).join(", "))
    .mono("gateway", gateways.join(", "))
    .text("internal", flag(network, "Internal"))
    .text("ipv6", flag(network, "EnableIPv6"))
    .mono("options", pairsText(network, "Options"))
    .text("project", projectOf(objectIn(metadata, "labels")))
    .mono("networkId", shortId(textIn(network, "Id")))
    .time("created", createdOf(metadata)).facts;
}
