import { parseCpu } from "../shared/cpu.ts";
import { parseQuantity } from "../shared/quantity.ts";

/** What people type as a quantity, which is wider than the API's notation. Null is "not understood". */
export function readNumber(text: string): number | null {
  const found = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : null;
  return finite(found);
}

/** Millicores. `500M` is valid to the API, and never meant. */
export function readCpu(text: string): number | null {
  return /[MGTPEi]$/.test(text) ? null : finite(parseCpu(text));
}

const units = new Map(
  ["k", "M", "G", "T", "P", "E"].flatMap((unit) => [
    [unit.toLowerCase(), unit],
    [`${unit.toLowerCase()}i`, `${unit.toUpperCase()}i`],
  ]),
);

/** Bytes, the unit in any case and with or without `B`. A lone `m` is refused: mega to people and milli to Kubernetes. */
export function readBytes(text: string): number | null {
  const [unit = ""] = /[a-z]*$/i.exec(text) ?? [];
  if (unit === "m") return null;
  const short = unit.toLowerCase().replace(/b$/, "");
  const suffix = short === "" ? "" : units.get(short);
  return suffix === undefined ? null : finite(parseQuantity(text.slice(0, text.length - unit.length) + suffix));
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
