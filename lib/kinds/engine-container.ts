import type { HealthLevel } from "../protocol/cell.ts";
import { filterTerm } from "../shared/filter-term.ts";
import { formatBytes } from "../shared/bytes.ts";
import { formatCpu } from "../shared/cpu.ts";
import { engineIn, networksOf, portsOf, projectOf, serviceOf, shortId } from "./engine-object.ts";
import { FactList } from "./facts.ts";
import type { Fact, Section, Sentence } from "./kind.ts";
import { createdOf, labelsOf, nameOf } from "./metadata.ts";
import { cpuLimitOf, isolationOf } from "./engine-isolation.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, isTrue, listIn, numberIn, objectIn, textIn, textsIn, timeIn } from "./read-object.ts";

/** What is the same in a list and when a container is inspected. */
type ContainerState = {
  /** The engine's own word: created, running, paused, restarting, removing, exited, dead. */
  word: string;
  /** null where there is no health check. */
  check: "healthy" | "unhealthy" | "starting" | null;
  exitCode: number | null;
};

/** Cells of a container of an engine, for the columns that it has. */
export function engineContainerCells(object: JsonObject) {
  const engine = engineIn(object);
  const metadata = objectIn(object, "metadata");
  const labels = objectIn(metadata, "labels");
  const state = stateOf(engine);
  const networks = networksOf(engine);
  return {
    name: nameOf(metadata),
    type: "container",
    state: wordOf(state.word),
    ready: state.check === null ? null : state.check === "healthy" ? "true" : "false",
    exitCode: state.exitCode,
    image: textIn(engine, "Image"),
    imageId: textIn(engine, "ImageID"),
    health: healthOf(state).level,
    labels: labelsOf(metadata),
    created: createdOf(metadata),
    project: projectOf(labels),
    ports: listOrNull(portsOf(engine)),
    networks: listOrNull(networks.map(({ name }) => name)),
    volumes: listOrNull(
      listIn(engine, "Mounts").flatMap((entry) => {
        const mount = asObject(entry);
        return textIn(mount, "Type") === "volume" ? [textIn(mount, "Name") ?? ""] : [];
      }),
    ),
  };
}

export function engineContainerHealth(object: JsonObject): { level: HealthLevel; sentence: Sentence } {
  return healthOf(stateOf(engineIn(object)));
}

/** Whether an inspected container has processes. */
export function isEngineRunning(object: unknown): boolean {
  return isTrue(objectIn(engineIn(asObject(object)), "State"), "Running");
}

export const engineContainerSections: Section[] = [
  { type: "facts", title: "summary", facts: summaryFacts },
  { type: "usage" },
  { type: "isolation", rows: (object) => isolationOf(engineIn(asObject(object))) },
  { type: "processes" },
  { type: "lines", title: "mounts", lines: mountLines },
  { type: "lines", title: "environment", lines: (object) => textsIn(configOf(object), "Env") },
  { type: "changes" },
  {
    type: "related",
    title: "sameProject",
    kind: "containers",
    q: (object) => {
      const project = projectOf(objectIn(objectIn(asObject(object), "metadata"), "labels"));
      return project === null ? null : filterTerm("project", project);
    },
  },
  { type: "labels" },
  { type: "logs" },
];

function configOf(object: unknown): JsonObject {
  return objectIn(engineIn(asObject(object)), "Config");
}

function listOrNull(words: string[]): readonly string[] | null {
  return words.length === 0 ? null : words;
}

function stateOf(engine: JsonObject): ContainerState {
  const state = engine["State"];
  if (typeof state === "string") {
    const status = textIn(engine, "Status") ?? "";
    const exit = /^(?:Exited|Dead|Restarting) \((\d+)\)/.exec(status)?.[1];
    const check = /\((healthy|unhealthy|health: starting)\)/.exec(status)?.[1];
    return {
      word: state,
      check: check === "healthy" || check === "unhealthy" ? check : check === undefined ? null : "starting",
      exitCode: exit === undefined ? null : Number(exit),
    };
  }
  const inspected = asObject(state);
  const word = textIn(inspected, "Status") ?? "unknown";
  const check = textIn(objectIn(inspected, "Health"), "Status");
  const ended = word === "exited" || word === "dead" || word === "restarting";
  return {
    word,
    check: check === "healthy" || check === "unhealthy" || check === "starting" ? check : null,
    exitCode: ended ? numberIn(inspected, "ExitCode") : null,
  };
}

function wordOf(word: string): string {
  return boundText(word.charAt(0).toUpperCase() + word.slice(1));
}

function healthOf({ word, check, exitCode }: ContainerState): { level: HealthLevel; sentence: Sentence } {
  switch (word) {
    case "running":
      if (check === "unhealthy") return { level: "failing", sentence: { key: "engineUnhealthy" } };
      if (check === "starting") return { level: "starting", sentence: { key: "engineCheckStarting" } };
      return { level: "ok", sentence: { key: check === null ? "engineRunning" : "engineHealthy" } };
    case "paused":
      return { level: "warning", sentence: { key: "enginePaused" } };
    case "restarting":
      return { level: "failing", sentence: { key: "engineRestarting", values: { code: exitCode } } };
    case "created":
      return { level: "starting", sentence: { key: "engineCreated" } };
    case "exited":
      return exitCode === 0
        ? { level: "done", sentence: { key: "engineDone" } }
        : { level: "warning", sentence: { key: "engineExited", values: { code: exitCode } } };
    case "dead":
      return { level: "failing", sentence: { key: "engineDead" } };
    default:
      return { level: "unknown", sentence: { key: "engineOther", values: { word } } };
  }
}

function summaryFacts(object: JsonObject): Fact[] {
  const engine = engineIn(asObject(object));
  const metadata = objectIn(asObject(object), "metadata");
  const labels = objectIn(metadata, "labels");
  const state = objectIn(engine, "State");
  const config = objectIn(engine, "Config");
  const host = objectIn(engine, "HostConfig");
  const restart = objectIn(host, "RestartPolicy");
  const image = textIn(engine, "Image");
  const networks = networksOf(engine);
  const isOn = isTrue(state, "Running");
  return new FactList()
    .text("state", wordOf(textIn(state, "Status") ?? ""))
    .mono("image", textIn(config, "Image"), imageLink(image))
    .mono("imageId", image, imageLink(image))
    .mono("command", boundText([textIn(engine, "Path") ?? "", ...textsIn(engine, "Args")].join(" ").trim()))
    .number("exitCode", isOn ? null : numberIn(state, "ExitCode"))
    .text("error", textIn(state, "Error"))
    .text("outOfMemory", isTrue(state, "OOMKilled") ? "true" : null)
    .text("lastCheck", lastCheck(state))
    .mono("ports", portsOf(engine).join(", "))
    .mono("networks", networks.map(({ name, address }) => (address === "" ? name : `${name} ${address}`)).join(", "))
    .text("project", projectOf(labels))
    .text("service", serviceOf(labels))
    .mono("restartPolicy", textIn(restart, "Name"))
    .number("restarts", numberIn(engine, "RestartCount"))
    .mono("memoryLimit", amount(numberIn(host, "Memory"), formatBytes))
    .mono("cpuLimit", amount(cpuLimitOf(host), formatCpu))
    .mono("platform", textIn(engine, "Platform"))
    .mono("containerId", shortId(textIn(engine, "Id")))
    .time("started", isOn ? timeIn(state, "StartedAt") : null)
    .time("finished", isOn ? null : endOf(state))
    .time("created", createdOf(metadata)).facts;
}

function imageLink(id: string | null) {
  return id === null ? null : { kind: "images", path: id.replace(/^sha256:/, "") };
}

function amount(value: number | null, format: (value: number) => string): string | null {
  return value === null || value <= 0 ? null : format(value);
}

/** A container that never ran ended at the year 1. */
function endOf(state: JsonObject): number | null {
  const end = timeIn(state, "FinishedAt");
  return end !== null && end > 0 ? end : null;
}

function lastCheck(state: JsonObject): string | null {
  const last = asObject(listIn(objectIn(state, "Health"), "Log").at(-1));
  const output = textIn(last, "Output");
  return output === null ? null : boundText(output.trim());
}

function mountLines(object: unknown): string[] {
  return listIn(engineIn(asObject(object)), "Mounts").map((entry) => {
    const mount = asObject(entry);
    const from = textIn(mount, "Type") === "volume" ? textIn(mount, "Name") : textIn(mount, "Source");
    const mode = mount["RW"] === false ? "ro" : "rw";
    return boundText(`${textIn(mount, "Type") ?? ""} ${from ?? ""} → ${textIn(mount, "Destination") ?? ""} (${mode})`);
  });
}
