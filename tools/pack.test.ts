import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix } from "node:path";
import { test } from "node:test";
import { readModule } from "./structure/module.ts";

const root = join(import.meta.dirname, "..");

test("what the server loads are dependencies, and every dependency is loaded or traced with Next", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  // The reader on nodes is a process of its own in the same image.
  const loaded = ["lib/server/main.ts", "lib/server/node-reader/main.ts"].flatMap((entry) => [...packagesBelow(entry)]);
  // Next needs these two, which the pages are drawn with, beside it.
  const wanted = new Set([...loaded, "react", "react-dom"]);
  assert.deepEqual([...wanted].toSorted(), Object.keys(manifest.dependencies).toSorted());
});

/** Packages that a module, or one that it imports, loads when it runs. */
function packagesBelow(entry: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set([entry]);
  for (const path of seen) {
    for (const { specifier, typesOnly, url } of readModule(root, path).imports) {
      if (specifier === null || typesOnly || url || isBuiltin(specifier)) continue;
      if (specifier.startsWith(".")) seen.add(posix.join(posix.dirname(path), specifier));
      else
        packages.add(
          specifier
            .split("/")
            .slice(0, specifier.startsWith("@") ? 2 : 1)
            .join("/"),
        );
    }
  }
  return packages;
}
