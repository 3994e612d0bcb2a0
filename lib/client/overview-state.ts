import type { Overview } from "../protocol/overview.ts";

/**
 * What the overview may claim. "Nothing is wrong" is only said when everything has been seen: a source that cannot be read, or is
 * still being read, may hide anything.
 */
export type OverviewState = "no-source" | "reading" | "wrong" | "nothing-seen" | "nothing-known" | "nothing-wrong";

export function overviewState(overview: Overview): OverviewState {
  const { sources, problems } = overview;
  if (sources.length === 0) return "no-source";
  if (problems.length > 0) return "wrong";
  const seen = sources.filter((source) => source.state === "live" || source.state === "stale");
  if (seen.length === 0)
    return sources.some((source) => source.state === "syncing" || source.state === "off") ? "reading" : "nothing-seen";
  return sources.every((source) => source.state === "live") ? "nothing-wrong" : "nothing-known";
}
