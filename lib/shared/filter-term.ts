/**
 * One term of the filter language, `key:value`. The value is quoted, and matches exactly, when it holds anything but letters,
 * digits, dots, dashes and underscores.
 */
export function filterTerm(key: string, value: string): string {
  return isPlain(value) ? `${key}:${value}` : `${key}:"${escapeQuotes(value)}"`;
}

function isPlain(value: string): boolean {
  if (value === "" || value.startsWith("-") || value.startsWith(".")) return false;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    const plain =
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 48 && code <= 57) ||
      code === 45 ||
      code === 46 ||
      code === 95;
    if (!plain) return false;
  }
  return true;
}

function escapeQuotes(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
