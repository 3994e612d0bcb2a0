import { notFound } from "next/navigation";

/** Next gives dynamic parts of a path as they were sent, encoded. */
export function decodedName(parts: readonly string[]): string {
  try {
    return parts.map(decodeURIComponent).join("/");
  } catch {
    return notFound();
  }
}
