import type { Fold } from "./fold-deck.ts";
import type { HeightScale } from "./stack-plan.ts";
import type { Assumptions } from "./vm-model.ts";
import { usualAssumptions } from "./vm-model.ts";

export const pictures = ["containers", "vms", "both", "table"] as const;
export type Picture = (typeof pictures)[number];

/** How somebody looks at a machine: all of it stands in the address. */
export type StackView = {
  /** As an address holds it: `docker`, `prod/worker-3`; null is the first there is. */
  readonly on: string | null;
  readonly as: Picture;
  readonly scale: HeightScale;
  readonly fold: Fold | "auto";
  /** The layer whose places fill the drawing, and the one that the panel tells of: beginnings of chain IDs. */
  readonly zoom: string | null;
  readonly layer: string | null;
  readonly assumed: Assumptions;
};

const mib = 1024 ** 2;
/** How each assumption is written in an address, and between which bounds. */
const fields = [
  { name: "guest-disk", key: "guestDisk", unit: mib, least: 0, most: 1_000_000 },
  { name: "guest-memory", key: "guestMemory", unit: mib, least: 0, most: 1_000_000 },
  { name: "boot", key: "bootSeconds", unit: 1, least: 0, most: 3_600 },
  { name: "per-vm", key: "perVm", unit: 1, least: 1, most: 1_000 },
  { name: "resident", key: "resident", unit: 0.01, least: 0, most: 100 },
] as const;
export type AssumptionField = (typeof fields)[number];
export const assumptionFields: readonly AssumptionField[] = fields;

/** The parameters of an address that are a view's. */
export const stackViewNames: readonly string[] = ["on", "as", "scale", "fold", "zoom", "layer"].concat(
  fields.map(({ name }) => name),
);

/** An assumption as a person writes it: MiB, seconds, containers, percent. */
export function shownAmount(assumed: Assumptions, { key, unit }: AssumptionField): number {
  return Math.round(assumed[key] / unit);
}

/** null for what is no number. */
export function assumedAmount(text: string, { unit, least, most }: AssumptionField): number | null {
  const amount = Number(text);
  if (text.trim() === "" || !Number.isFinite(amount)) return null;
  return Math.min(most, Math.max(least, Math.round(amount))) * unit;
}

/** Reads an address; what makes no sense in it is the usual. */
export function readStackView(params: { get(name: string): string | null }): StackView {
  const assumed: Record<keyof Assumptions, number> = { ...usualAssumptions };
  for (const field of fields) {
    const amount = assumedAmount(params.get(field.name) ?? "", field);
    if (amount !== null) assumed[field.key] = amount;
  }
  return {
    on: params.get("on") || null,
    as: oneOf(pictures, params.get("as"), "containers"),
    scale: oneOf(["linear", "damped"], params.get("scale"), "linear"),
    fold: oneOf(["auto", "none", "equal", "image"], params.get("fold"), "auto"),
    zoom: digest(params.get("zoom")),
    layer: digest(params.get("layer")),
    assumed,
  };
}

/** The parameters of a view, those that are as usual left out. */
export function printStackView(view: StackView): URLSearchParams {
  const params = new URLSearchParams();
  if (view.on !== null) params.set("on", view.on);
  if (view.as !== "containers") params.set("as", view.as);
  if (view.scale !== "linear") params.set("scale", view.scale);
  if (view.fold !== "auto") params.set("fold", view.fold);
  if (view.zoom !== null) params.set("zoom", view.zoom);
  if (view.layer !== null) params.set("layer", view.layer);
  for (const field of fields) {
    const amount = shownAmount(view.assumed, field);
    if (amount !== shownAmount(usualAssumptions, field)) params.set(field.name, String(amount));
  }
  return params;
}

function oneOf<T extends string>(words: readonly T[], said: string | null, usual: T): T {
  return words.find((word) => word === said) ?? usual;
}

function digest(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{6,64}$/.test(text) ? text : null;
}
