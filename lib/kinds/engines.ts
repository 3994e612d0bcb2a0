import type { HealthLevel } from "../protocol/cell.ts";
import { formatBytes } from "../shared/bytes.ts";
import { engineIn } from "./engine-object.ts";
import { FactList } from "./facts.ts";
import type { Fact, Sentence } from "./kind.ts";
import { defineKind } from "./kind.ts";
import { healthColumn, nameOf } from "./metadata.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, isTrue, listIn, numberIn, objectIn, textIn, textsIn } from "./read-object.ts";

/** The engines themselves, each by the name of its host. */
export const engines = defineKind({
  id: "engines",
  engine: { resource: "engines" },
  facets: ["version", "driver"],
  columns: {
    name: { type: "name", show: "standard" },
    version: { type: "text", show: "standard" },
    driver: { type: "text", show: "standard" },
    osImage: { type: "text", show: "standard" },
    kernel: { type: "text", show: "wide" },
    arch: { type: "text", show: "wide" },
    cpus: { type: "number", show: "standard", align: "right" },
    memory: { type: "bytes", show: "standard", align: "right" },
    running: { type: "number", show: "standard", align: "right" },
    stopped: { type: "number", show: "standard", align: "right" },
    images: { type: "number", show: "standard", align: "right" },
    cgroup: { type: "text", show: "wide" },
    security: { type: "list", show: "wide" },
    warnings: { type: "number", show: "standard", align: "right" },
    health: healthColumn,
  },
  toRow: (object) => {
    const info = engineIn(asObject(object));
    return {
      name: nameOf(objectIn(asObject(object), "metadata")),
      version: textIn(info, "ServerVersion"),
      driver: textIn(info, "Driver"),
      osImage: textIn(info, "OperatingSystem"),
      kernel: textIn(info, "KernelVersion"),
      arch: textIn(info, "Architecture"),
      cpus: numberIn(info, "NCPU"),
      memory: numberIn(info, "MemTotal"),
      running: numberIn(info, "ContainersRunning"),
      stopped: numberIn(info, "ContainersStopped"),
      images: numberIn(info, "Images"),
      cgroup: cgroupOf(info),
      security: securityOf(info),
      warnings: textsIn(info, "Warnings").length,
      health: healthOf(info).level,
    };
  },
  health: (object) => healthOf(engineIn(asObject(object))),
  sections: [
    { type: "facts", title: "summary", facts: summaryFacts },
    { type: "disk" },
    { type: "stack" },
    // All of them: there is nothing that an engine would have to be told from.
    {
      type: "related",
      title: "containers",
      kind: "containers",
      q: (object) => (nameOf(objectIn(asObject(object), "metadata")) === null ? null : ""),
    },
    { type: "facts", title: "system", facts: systemFacts },
    { type: "lines", title: "warnings", lines: (object) => textsIn(engineIn(asObject(object)), "Warnings") },
  ],
});

function healthOf(info: JsonObject): { level: HealthLevel; sentence: Sentence } {
  const count = textsIn(info, "Warnings").length;
  return count === 0
    ? { level: "ok", sentence: { key: "engineFine" } }
    : { level: "warning", sentence: { key: "engineWarns", values: { count } } };
}

function cgroupOf(info: JsonObject): string | null {
  const parts = [textIn(info, "CgroupDriver"), textIn(info, "CgroupVersion")].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" v");
}

/** `name=seccomp,profile=builtin` as `seccomp (builtin)`. */
function securityOf(info: JsonObject): readonly string[] | null {
  const words = textsIn(info, "SecurityOptions").map((option) => {
    const fields = new Map(
      option.split(",").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]),
    );
    const [name, profile] = [fields.get("name"), fields.get("profile")];
    return boundText(name === undefined ? option : profile === undefined ? name : `${name} (${profile})`);
  });
  return words.length === 0 ? null : words;
}

function summaryFacts(object: JsonObject): Fact[] {
  const info = engineIn(asObject(object));
  const memory = numberIn(info, "MemTotal");
  return new FactList()
    .mono("engineVersion", textIn(info, "ServerVersion"))
    .text("storageDriver", textIn(info, "Driver"))
    .mono("backing", driverStatus(info, "Backing Filesystem"))
    .mono("rootDir", textIn(info, "DockerRootDir"))
    .mono("cpus", numberIn(info, "NCPU")?.toString() ?? null)
    .mono("memory", memory === null ? null : formatBytes(memory))
    .text("loggingDriver", textIn(info, "LoggingDriver"))
    .text("cgroup", cgroupOf(info))
    .text("security", (securityOf(info) ?? []).join(", "))
    .text("liveRestore", isTrue(info, "LiveRestoreEnabled") ? "true" : null)
    .text("swarm", textIn(objectIn(info, "Swarm"), "LocalNodeState")).facts;
}

/** Docker writes facts of its storage driver as pairs. */
function driverStatus(info: JsonObject, name: string): string | null {
  for (const pair of listIn(info, "DriverStatus")) {
    if (Array.isArray(pair) && pair[0] === name && typeof pair[1] === "string") return boundText(pair[1]);
  }
  return null;
}

function systemFacts(object: JsonObject): Fact[] {
  const info = engineIn(asObject(object));
  const plugins = objectIn(info, "Plugins");
  return new FactList()
    .text("os", textIn(info, "OperatingSystem"))
    .mono("kernel", textIn(info, "KernelVersion"))
    .mono("architecture", textIn(info, "Architecture"))
    .mono("runtime", textIn(info, "DefaultRuntime"))
    .mono("runtimes", Object.keys(objectIn(info, "Runtimes")).join(", "))
    .mono("volumePlugins", textsIn(plugins, "Volume").join(", "))
    .mono("networkPlugins", textsIn(plugins, "Network").join(", "))
    .mono("insecureRegistries", insecureOf(info))
    .mono("mirrors", textsIn(objectIn(info, "RegistryConfig"), "Mirrors").join(", "))
    .mono("proxy", textIn(info, "HttpsProxy") ?? textIn(info, "HttpProxy")).facts;
}

function insecureOf(info: JsonObject): string | null {
  const configs = objectIn(objectIn(info, "RegistryConfig"), "IndexConfigs");
  const names = Object.keys(configs).filter((name) => objectIn(configs, name)["Secure"] === false);
  return names.length === 0 ? null : boundText(names.join(", "));
}
