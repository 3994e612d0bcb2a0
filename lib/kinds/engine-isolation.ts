import { formatBytes } from "../shared/bytes.ts";
import { formatCpu } from "../shared/cpu.ts";
import type { JsonObject } from "./read-object.ts";
import { boundText, isTrue, listIn, numberIn, objectIn, textIn, textsIn } from "./read-object.ts";

/** What a container may have for itself or share with its host. Its words are in lib/i18n under `isolation`. */
export type IsolationAspect =
  | "pid"
  | "network"
  | "ipc"
  | "uts"
  | "user"
  | "cgroupns"
  | "mounts"
  | "memory"
  | "cpu"
  | "pids"
  | "capabilities"
  | "seccomp"
  | "apparmor"
  | "noNewPrivileges"
  | "account"
  | "devices"
  | "kernel";

/**
 * `own`: kept apart. `shared`: the same as the host's, or another container's. `limited`: a part of the host's. `open`: not limited
 * where it could be. `value` is plain text from the engine, "" where the word for the aspect says it all.
 */
export type IsolationRow = {
  readonly aspect: IsolationAspect;
  readonly state: "own" | "shared" | "limited" | "open";
  readonly value: string;
};

/** How a container is kept apart from its host, by what the engine's inspect says of it. */
export function isolationOf(container: JsonObject): IsolationRow[] {
  const host = objectIn(container, "HostConfig");
  const privileged = isTrue(host, "Privileged");
  const options = textsIn(host, "SecurityOpt");
  const rows: IsolationRow[] = [
    namespaceRow("pid", textIn(host, "PidMode")),
    namespaceRow("network", textIn(host, "NetworkMode")),
    namespaceRow("ipc", textIn(host, "IpcMode")),
    namespaceRow("uts", textIn(host, "UTSMode")),
    // Without a mapping of users root in the container is root on the host, held back by the rows below only.
    userRow(textIn(host, "UsernsMode")),
    // Podman does not say: it depends on the cgroups of its host.
    ...(textIn(host, "CgroupnsMode") === null ? [] : [namespaceRow("cgroupns", textIn(host, "CgroupnsMode"))]),
    { aspect: "mounts", state: "own", value: isTrue(host, "ReadonlyRootfs") ? "read-only" : "" },
    limitRow("memory", numberIn(host, "Memory"), formatBytes),
    limitRow("cpu", cpuLimitOf(host), formatCpu),
    limitRow("pids", numberIn(host, "PidsLimit"), String),
    capabilitiesRow(host, privileged),
    profileRow("seccomp", privileged, options, "seccomp"),
    apparmorRow(container, privileged, options),
    {
      aspect: "noNewPrivileges",
      state: options.some((option) => /^no-new-privileges(?:[:=]true)?$/.test(option)) ? "limited" : "open",
      value: "",
    },
    accountRow(objectIn(container, "Config")),
    {
      aspect: "devices",
      state: privileged ? "open" : listIn(host, "Devices").length > 0 ? "shared" : "own",
      value: "",
    },
    // The one thing that a container never has for itself, and a virtual machine always.
    { aspect: "kernel", state: "shared", value: "" },
  ];
  return rows;
}

function namespaceRow(aspect: IsolationAspect, mode: string | null): IsolationRow {
  const value = mode ?? "";
  const shared = value === "host" || value.startsWith("container:");
  return { aspect, state: shared ? "shared" : "own", value: value === "private" ? "" : boundText(value) };
}

function userRow(mode: string | null): IsolationRow {
  return {
    aspect: "user",
    state: mode === null || mode === "" || mode === "host" ? "shared" : "own",
    value: mode ?? "",
  };
}

function limitRow(aspect: IsolationAspect, limit: number | null, format: (value: number) => string): IsolationRow {
  return limit === null || limit <= 0
    ? { aspect, state: "open", value: "" }
    : { aspect, state: "limited", value: format(limit) };
}

/** Millicores; null for no limit. */
export function cpuLimitOf(host: JsonObject): number | null {
  const nano = numberIn(host, "NanoCpus") ?? 0;
  if (nano > 0) return nano / 1e6;
  const [quota, period] = [numberIn(host, "CpuQuota") ?? 0, numberIn(host, "CpuPeriod") ?? 0];
  return quota > 0 && period > 0 ? (quota / period) * 1000 : null;
}

function capabilitiesRow(host: JsonObject, privileged: boolean): IsolationRow {
  if (privileged) return { aspect: "capabilities", state: "open", value: "privileged" };
  const added = textsIn(host, "CapAdd").map((name) => `+${name}`);
  const dropped = textsIn(host, "CapDrop").map((name) => `-${name}`);
  return { aspect: "capabilities", state: "limited", value: boundText([...added, ...dropped].join(" ")) };
}

function profileRow(
  aspect: IsolationAspect,
  privileged: boolean,
  options: readonly string[],
  name: string,
): IsolationRow {
  const asked = options.find((option) => option.startsWith(`${name}=`) || option.startsWith(`${name}:`));
  const profile = asked?.slice(name.length + 1) ?? "";
  const open = privileged || profile === "unconfined";
  return { aspect, state: open ? "open" : "limited", value: profile.startsWith("{") ? "" : boundText(profile) };
}

function apparmorRow(container: JsonObject, privileged: boolean, options: readonly string[]): IsolationRow {
  const profile = textIn(container, "AppArmorProfile");
  if (profile === null) return { ...profileRow("apparmor", true, options, "apparmor"), state: "open" };
  return { aspect: "apparmor", state: privileged || profile === "unconfined" ? "open" : "limited", value: profile };
}

function accountRow(config: JsonObject): IsolationRow {
  const user = textIn(config, "User") ?? "";
  const isRoot = user === "" || /^(?:root|0)(?::|$)/.test(user);
  return { aspect: "account", state: isRoot ? "open" : "limited", value: user === "" ? "root" : user };
}
