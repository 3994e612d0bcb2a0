const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/** Bytes for reading, in powers of 1024 with at most three digits that matter: `512 B`, `1.5 GiB`, `128 MiB`. */
export function formatBytes(bytes: number): string {
  let value = Math.abs(bytes);
  let unit = 0;
  // 1023.95 would round to 1024.0: the next unit reads better.
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const places = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const digits = value.toFixed(places);
  const trimmed = digits.includes(".") ? trimZeros(digits) : digits;
  return `${bytes < 0 ? "-" : ""}${trimmed} ${units[unit] ?? ""}`;
}

function trimZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end--;
  if (digits[end - 1] === ".") end--;
  return digits.slice(0, end);
}
