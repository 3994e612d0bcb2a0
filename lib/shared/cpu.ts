import { parseQuantity } from "./quantity.ts";

/** Millicores of a CPU quantity: `500m` is 500, `2` is 2000; null for what is no quantity. */
export function parseCpu(text: string): number | null {
  return parseQuantity(text, 3);
}

/** Millicores as kubectl prints them: `500m`, `2`, `1500m`; a fraction of a millicore in micro- or nanocores. */
export function formatCpu(millicores: number): string {
  if (Number.isInteger(millicores)) return millicores % 1000 === 0 ? `${millicores / 1000}` : `${millicores}m`;
  const nano = Math.round(millicores * 1e6);
  return nano % 1000 === 0 ? `${nano / 1000}u` : `${nano}n`;
}
