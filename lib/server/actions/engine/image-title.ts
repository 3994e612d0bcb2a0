/** What people call an image: its first name, else the beginning of its id. */
export function imageTitle({ id, names }: { readonly id: string; readonly names: readonly string[] }): string {
  return names[0] ?? id.replace(/^sha256:/, "").slice(0, 12);
}
