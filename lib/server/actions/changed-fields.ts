/** Fields named in an audit row; more are counted. */
const most = 50;

/** Where two values differ, as paths without values: what was done can be told without telling a secret. */
export function changedFields(before: unknown, after: unknown): string[] {
  const found: string[] = [];
  walk(before, after, "", found);
  return found.length <= most ? found : [...found.slice(0, most), `and ${found.length - most} more`];
}

function walk(before: unknown, after: unknown, path: string, found: string[]): void {
  if (before === after || found.length > 10_000) return;
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    found.push(path || ".");
    return;
  }
  const [old, fresh] = [before as Record<string, unknown>, after as Record<string, unknown>];
  for (const key of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
    walk(old[key], fresh[key], Array.isArray(before) ? `${path}[${key}]` : `${path}.${key.slice(0, 100)}`, found);
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
