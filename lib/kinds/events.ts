import type { HealthLevel } from "../protocol/cell.ts";
import { aboutOf } from "./about.ts";
import { FactList } from "./facts.ts";
import type { Fact, ReadCell, Sentence } from "./kind.ts";
import { defineKind } from "./kind.ts";
import {
  createdOf,
  healthColumn,
  labelsColumn,
  labelsOf,
  nameColumn,
  nameOf,
  namespaceColumn,
  ownerColumn,
  ownerOf,
  printOrEmpty,
  wordOf,
} from "./metadata.ts";
import { pageOf, textCell } from "./object-link.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, hasObject, numberIn, objectIn, textIn, timeIn } from "./read-object.ts";
import { trimSpace } from "./trim-space.ts";

export const events = defineKind({
  id: "events",
  api: { group: "", version: "v1", resource: "events", namespaced: true, kind: "Event" },
  sort: "-last",
  facets: ["type", "reason", "namespace", "reporter"],
  columns: {
    last: { type: "time", table: "Last Seen", show: "standard", align: "right" },
    type: { type: "text", table: "Type", show: "standard", needs: ["health"], print: printOrEmpty("type") },
    reason: { type: "text", table: "Reason", show: "standard", print: printOrEmpty("reason") },
    namespace: namespaceColumn,
    object: {
      type: "text",
      table: "Object",
      show: "standard",
      needs: ["about"],
      print: printOrEmpty("object"),
      link: linkToObject,
    },
    subobject: { type: "text", table: "Subobject", show: "wide", print: printOrEmpty("subobject") },
    reporter: { type: "text", table: "Source", show: "wide", print: printOrEmpty("reporter") },
    message: { type: "text", table: "Message", show: "standard", print: printOrEmpty("message") },
    first: { type: "time", table: "First Seen", show: "wide", align: "right" },
    count: { type: "number", table: "Count", show: "standard", align: "right" },
    name: { ...nameColumn, show: "wide" },
    health: healthColumn,
    created: { type: "time", show: "wide", align: "right" },
    about: { type: "text", show: "filter" },
    owner: ownerColumn,
    labels: labelsColumn,
  },
  toRow: (object) => {
    const event = asObject(object);
    const metadata = objectIn(event, "metadata");
    const involved = objectIn(event, "involvedObject");
    return {
      last: lastSeen(event),
      type: textIn(event, "type"),
      reason: textIn(event, "reason"),
      namespace: textIn(metadata, "namespace"),
      object: objectWord(involved),
      subobject: textIn(involved, "fieldPath"),
      reporter: reporterOf(event),
      message: messageOf(event),
      first: firstSeen(event),
      count: countOf(event),
      name: nameOf(metadata),
      health: levelOf(event),
      created: createdOf(metadata),
      about: aboutOf(involved),
      owner: ownerOf(metadata),
      labels: labelsOf(metadata),
    };
  },
  health: (object, now) => healthOf(asObject(object), now),
  sections: [{ type: "facts", title: "summary", facts: summaryFacts }, { type: "labels" }],
});

function firstSeen(event: JsonObject): number | null {
  return timeIn(event, "firstTimestamp") ?? timeIn(event, "eventTime");
}

function lastSeen(event: JsonObject): number | null {
  if (hasObject(event, "series")) return timeIn(objectIn(event, "series"), "lastObservedTime");
  return timeIn(event, "lastTimestamp") ?? firstSeen(event);
}

/** An event of the newer API that happened once has no count. */
function countOf(event: JsonObject): number {
  if (hasObject(event, "series")) return numberIn(objectIn(event, "series"), "count") ?? 0;
  return numberIn(event, "count") || 1;
}

/** `pod/web-1`, as kubectl prints it. */
function objectWord(involved: JsonObject): string | null {
  const kind = (textIn(involved, "kind") ?? "").toLowerCase();
  const name = textIn(involved, "name");
  const word = name === null ? kind : `${kind}/${name}`;
  return word === "" ? null : boundText(word);
}

/** `kubelet, real-1`: the component and where it runs, by whichever of the two APIs the event was written with. */
function reporterOf(event: JsonObject): string | null {
  const source = objectIn(event, "source");
  const component = textIn(source, "component") ?? textIn(event, "reportingComponent") ?? "";
  const host = textIn(source, "host") ?? textIn(event, "reportingInstance");
  const reporter = host === null ? component : `${component}, ${host}`;
  return reporter === "" ? null : boundText(reporter);
}

function messageOf(event: JsonObject): string | null {
  const message = event["message"];
  const text = typeof message === "string" ? boundText(trimSpace(message)) : "";
  return text === "" ? null : text;
}

function levelOf(event: JsonObject): HealthLevel {
  const type = textIn(event, "type");
  return type === "Warning" ? "warning" : type === "Normal" ? "ok" : "unknown";
}

function healthOf(event: JsonObject, now: number): { level: HealthLevel; sentence: Sentence } {
  const level = levelOf(event);
  if (level === "unknown")
    return { level, sentence: { key: "eventOther", values: { type: textIn(event, "type") ?? "" } } };
  const last = lastSeen(event);
  const values = { count: countOf(event), seconds: last === null ? null : Math.max(0, now - last) };
  return { level, sentence: { key: level === "warning" ? "eventWarning" : "eventNormal", values } };
}

/** The page of what the event is about; `about` is `Kind/namespace/name` or `Kind/name`. */
function linkToObject(read: ReadCell): ReturnType<typeof pageOf> {
  const [kind = "", ...path] = textCell(read, "about").split("/");
  const name = path.at(-1) ?? "";
  return pageOf(`${kind}/${name}`, path.length > 1 ? (path[0] ?? "") : "");
}

function summaryFacts(object: JsonObject): Fact[] {
  const event = asObject(object);
  const involved = objectIn(event, "involvedObject");
  const related = objectIn(event, "related");
  const word = wordOf(involved);
  return new FactList()
    .mono("about", word, word === null ? null : pageOf(word, textIn(involved, "namespace") ?? ""))
    .mono("subobject", textIn(involved, "fieldPath"))
    .text("type", textIn(event, "type"))
    .text("reason", textIn(event, "reason"))
    .text("message", messageOf(event))
    .mono("source", reporterOf(event))
    .text("action", textIn(event, "action"))
    .mono("related", wordOf(related))
    .number("count", countOf(event))
    .time("firstSeen", firstSeen(event))
    .time("lastSeen", lastSeen(event)).facts;
}
