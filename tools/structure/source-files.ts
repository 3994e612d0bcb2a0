import { readdirSync } from "node:fs";

/** Folders that hold no source of ours, wherever they stand. */
const skippedFolders = new Set(["node_modules", "dist", "test-results", "playwright-report"]);

/** Every file below the root, from the root with forward slashes, sorted; hidden and generated ones left out. */
export function sourceFiles(root: string, folder = ""): string[] {
  const entries = readdirSync(`${root}/${folder}`, { withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.name.startsWith(".") || path === "next-env.d.ts") return [];
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : sourceFiles(root, path);
    return entry.isFile() ? [path] : [];
  });
  return files.toSorted();
}

export function isModule(path: string): boolean {
  return /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/.test(path);
}

export function isTest(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path);
}

/** What stands in for something in tests: `clock.fake.ts`. */
export function isFake(path: string): boolean {
  return /\.fake\.tsx?$/.test(path);
}
