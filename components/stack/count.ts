/** A number for the words around it, and as it is printed. */
export function counted(count: number, locale: string): { count: number; shown: string } {
  return { count, shown: count.toLocaleString(locale) };
}
