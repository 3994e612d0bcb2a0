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

/** Where addresses are written into the code of the process: what it answers before Next, or treats in a way of its own. */
const ofProcess = ["lib/server/http", "lib/server/status/site"];

export function addressesOfProcess(): string[] {
  const files = ofProcess.flatMap((folder) => filesBelow(folder).map((file) => join(root, folder, file)));
  const found = files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => {
      const code = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, "");
      // As texts, and as the beginning of a pattern.
      return [...code.matchAll(/["'`/]\^?\\?(\/[A-Za-z_](?:[\w.-]|\\?\/(?=\w))*)/g)].map((match) => match[1] ?? "");
    })
    .filter((address) => !address.startsWith("/g"));
  return [...new Set(found.map((address) => address.replaceAll("\\", "").replace(/\/$/, "")))].toSorted();
}
