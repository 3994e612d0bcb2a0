/** The sum of bytes; null as soon as one of them is not known. */
export function sumOrNull(items: readonly { readonly bytes: number | null }[]): number | null {
  let sum = 0;
  for (const { bytes } of items) {
    if (bytes === null) return null;
    sum += bytes;
  }
  return sum;
}
