import type { Overview } from "../../protocol/overview.ts";
import type { LiveValue } from "./use-live-value.ts";
import { useLiveValue } from "./use-live-value.ts";

/** The overview of some sources, empty for all. `brief` asks for counts and the sources' states only. */
export function useLiveOverview(
  sources: readonly string[],
  initial?: Overview | null,
  { asleep = false, brief = false } = {},
): LiveValue<Overview> {
  return useLiveValue<Overview>(
    {
      key: [brief ? "overview-brief" : "overview", ...sources],
      opening: () => ({ t: "overview", in: [...sources], ...(brief ? { brief } : {}) }),
      read: (answer) => {
        if (answer.t !== "overview") return undefined;
        const { problems, more, capacity, sources: states, counts } = answer;
        return { problems, more, capacity, sources: states, counts };
      },
    },
    initial,
    asleep,
  );
}
