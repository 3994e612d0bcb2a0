/** One line of the table. `over` a bound that is an exact count or a number of bytes is a failure; the rest depends on the machine. */
export type Figure = {
  name: string;
  bar: string;
  measured: string;
  verdict: "ok" | "over" | "told";
  exact: boolean;
  /** The numbers behind `measured`, for --json. */
  values: Record<string, number>;
};

type Measure = {
  name: string;
  value: number;
  most: number;
  unit: Unit;
  exact?: boolean;
  more?: string;
  values?: Record<string, number>;
};

export type Unit = "KB" | "MB" | "s" | "ms" | "×" | "";

/** A figure with a bar: at most so much. Bytes are counted in thousands. */
export function atMost({ name, value, most, unit, exact = false, more, values = {} }: Measure): Figure {
  const measured = more === undefined ? amount(value, unit) : `${amount(value, unit)}, ${more}`;
  return {
    name,
    bar: `≤ ${amount(most, unit)}`,
    measured,
    verdict: value <= most ? "ok" : "over",
    exact,
    values: { value, most, ...values },
  };
}

/** A figure without a bar. */
export function told(name: string, measured: string, values: Record<string, number> = {}): Figure {
  return { name, bar: "", measured, verdict: "told", exact: false, values };
}

/** `value` is bytes for KB and MB, milliseconds for s and ms. */
export function amount(value: number, unit: Unit): string {
  switch (unit) {
    case "KB":
      return `${(value / 1000).toFixed(1)} KB`;
    case "MB":
      return `${(value / 1e6).toFixed(1)} MB`;
    case "s":
      return `${(value / 1000).toFixed(2)} s`;
    case "ms":
      return `${value.toFixed(0)} ms`;
    case "×":
      return `${value.toFixed(2)} ×`;
    case "":
      return value.toLocaleString("en-US");
  }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which this share of the values lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** `median (least–most)`. */
export function spread(values: readonly number[], unit: Unit): string {
  return `${amount(median(values), unit)} (${amount(Math.min(...values), unit)}–${amount(Math.max(...values), unit)})`;
}
