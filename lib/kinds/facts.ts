import { formatBytes } from "../shared/bytes.ts";
import { formatCpu } from "../shared/cpu.ts";
import type { CellLink, Fact } from "./kind.ts";
import type { JsonObject } from "./read-object.ts";
import { asObject, boundText, listIn, numberIn, objectIn, textIn } from "./read-object.ts";

/** Lines of a facts section; a line whose value is missing is left out rather than drawn empty. */
export class FactList {
  readonly facts: Fact[] = [];

  text(label: Fact["label"], value: string | null, link?: CellLink | null): this {
    if (value !== null && value !== "") this.facts.push(link ? { label, value, link } : { label, value });
    return this;
  }

  /** An identifier or a number: drawn in the mono face. */
  mono(label: Fact["label"], value: string | null, link?: CellLink | null): this {
    if (value !== null && value !== "")
      this.facts.push(link ? { label, value, mono: true, link } : { label, value, mono: true });
    return this;
  }

  number(label: Fact["label"], value: number | null): this {
    return this.mono(label, value === null ? null : String(value));
  }

  /** `value` is what the API wrote, `time` is what an age is drawn from. */
  time(label: Fact["label"], time: number | null): this {
    if (time !== null) this.facts.push({ label, value: new Date(time * 1000).toISOString(), time });
    return this;
  }
}

/** `500m CPU, 128 MiB`, leaving out what is not set. */
export function amountsText(cpu: number | null, memory: number | null): string | null {
  const parts: string[] = [];
  if (cpu !== null) parts.push(`${formatCpu(cpu)} CPU`);
  if (memory !== null) parts.push(formatBytes(memory));
  return parts.length === 0 ? null : parts.join(", ");
}

/** `30s`; null for none at all. */
export function secondsText(seconds: number | null): string | null {
  return seconds === null || seconds === 0 ? null : `${seconds}s`;
}

/** `key=value, …` of a map of texts. */
export function pairsText(holder: JsonObject, field: string): string | null {
  const map = objectIn(holder, field);
  const pairs: string[] = [];
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (typeof value === "string") pairs.push(value === "" ? key : `${key}=${value}`);
  }
  return pairs.length === 0 ? null : boundText(pairs.join(", "));
}

/** One field of each entry of a list, joined. */
export function entriesText(holder: JsonObject, list: string, field: string): string | null {
  const values: string[] = [];
  for (const entry of listIn(holder, list)) {
    const value = textIn(asObject(entry), field);
    if (value !== null) values.push(value);
  }
  return values.length === 0 ? null : boundText(values.join(", "));
}

/** `node.kubernetes.io/not-ready:NoExecute op=Exists for 300s`, as kubectl describe puts it. */
export function tolerationText(toleration: JsonObject): string {
  const key = textIn(toleration, "key") ?? "";
  const value = textIn(toleration, "value");
  const effect = textIn(toleration, "effect");
  const exists = toleration["operator"] === "Exists";
  const seconds = numberIn(toleration, "tolerationSeconds");
  let text = key;
  if (value !== null) text += `=${value}`;
  if (effect !== null) text += `:${effect}`;
  if (exists) text += text === "" ? "op=Exists" : " op=Exists";
  if (seconds !== null) text += ` for ${seconds}s`;
  return text;
}

/** `key=value:NoSchedule`, `key:NoSchedule`. */
export function taintText(taint: JsonObject): string {
  const value = textIn(taint, "value");
  const effect = textIn(taint, "effect");
  return boundText(
    `${textIn(taint, "key") ?? ""}${value === null ? "" : `=${value}`}${effect === null ? "" : `:${effect}`}`,
  );
}
