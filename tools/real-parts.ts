import { accessSync, constants, existsSync } from "node:fs";

import { findProgram } from "../e2e/cluster/debian-packages.ts";
import { postgresPrograms } from "../e2e/db/postgres.ts";

/**
 * The real parts that tests need and a machine may lack. A test that needs one says `{ skip: missing("…") }`; a run with
 * CI=true counts the skip as a failure. The cluster itself is no entry: tools/test-cluster.ts learns by starting it.
 */
export type RealPart = "chromium" | "own-cluster" | "podman" | "postgres";

/** Debian's Chromium first: its version is what the journeys are run with. */
const chromiumPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser of the journeys: STOWAGE_CHROMIUM, else the first that is installed; null when there is none. */
export function chromiumPath(): string | null {
  const places = process.env["STOWAGE_CHROMIUM"] ? [process.env["STOWAGE_CHROMIUM"]] : chromiumPlaces;
  return places.find(isProgram) ?? null;
}

/** Why a part cannot be used here, in words for a person; false when it can. */
export function missing(part: RealPart): string | false {
  switch (part) {
    case "chromium":
      return chromiumPath() === null && "no Chromium: apt-get install chromium, or set STOWAGE_CHROMIUM to one";
    case "postgres":
      return postgresPrograms() === null && "no PostgreSQL server: apt-get install postgresql";
    case "podman":
      return !findProgram("podman") && "no Podman: apt-get install podman";
    case "own-cluster":
      return (
        Boolean(process.env["STOWAGE_TEST_KUBECONFIG"]) && "the cluster of STOWAGE_TEST_KUBECONFIG is not ours to break"
      );
  }
}

function isProgram(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
