import { readdirSync } from "node:fs";
import { join } from "node:path";

export type AppRoute = {
  /** An address of it, with values where it has parameters. */
  path: string;
  type: "page" | "route";
  /** In `(public)`, or the way in and out. */
  isPublic: boolean;
};

const app = join(import.meta.dirname, "..", "..", "app");

/** Every page and route that Next serves, found in app/ itself, so that no new one is forgotten. */
export function appRoutes(values: Readonly<Record<string, string>>): AppRoute[] {
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .map((file) => file.split("\\").join("/"))
    .flatMap((file): AppRoute[] => {
      const found = /^(?:(.*)\/)?(page\.tsx|route\.ts)$/.exec(file);
      if (!found) return [];
      const segments = (found[1] ?? "").split("/").filter((segment) => segment !== "");
      const path = `/${segments
        .filter((segment) => !/^[(@]/.test(segment))
        .map((segment) => filled(segment, values))
        .join("/")}`;
      const isPublic = segments.includes("(public)") || path.startsWith("/api/auth/");
      return [{ path, type: found[2] === "page.tsx" ? "page" : "route", isPublic }];
    });
}

function filled(segment: string, values: Readonly<Record<string, string>>): string {
  const name = /^\[+(?:\.\.\.)?(\w+)\]+$/.exec(segment)?.[1];
  if (name === undefined) return segment;
  const value = values[name];
  if (value === undefined) throw new Error(`no value for ${segment}: a new parameter needs one here`);
  return value;
}
