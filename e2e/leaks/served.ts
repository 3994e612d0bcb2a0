import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
    file.split("\\").join("/"),
  );
}

/** Every page and every method of every route below app/, as `GET /api/objects/[kind]/…`. */
export function servedByApp(): string[] {
  return filesBelow("app").flatMap((file) => {
    const found = /^(?:(.*)\/)?(page\.tsx|route\.ts)$/.exec(file);
    if (!found) return [];
    const segments = (found[1] ?? "").split("/").filter((segment) => segment !== "" && !segment.startsWith("("));
    const address = `/${segments.join("/")}`;
    if (found[2] === "page.tsx") return [`GET ${address}`];
    const text = readFileSync(join(root, "app", file), "utf8");
    const methods = [...text.matchAll(/^export (?:async )?(?:function|const) ([A-Z]+)\b/gm)].map((match) => match[1]);
    return methods.map((method) => `${method} ${address}`);
  });
}

/** Every address that is written into lib/server/http: what the process answers before Next, or treats in a way of its own. */
export function addressesOfProcess(): string[] {
  const found = filesBelow("lib/server/http")
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => {
      const code = readFileSync(join(root, "lib/server/http", file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, "");
      return [...code.matchAll(/["'`](\/[A-Za-z_][\w/.-]*)/g)].map((match) => (match[1] ?? "").replace(/\/$/, ""));
    });
  return [...new Set(found)].toSorted();
}
