import { useQuery } from "@tanstack/react-query";

import type { MayAnswer, MissingRight } from "../../protocol/action-answer.ts";
import type { Ref } from "../../protocol/ref.ts";
import { askMay } from "../actions/ask-actions.ts";

/** What somebody may do to some objects of one kind. `missing` is empty for what is allowed for all of them. */
export type May = {
  readonly known: boolean;
  /** For each verb the objects, by path, for which a right is missing. */
  readonly missing: (verb: string) => readonly { path: string; right: MissingRight }[];
};

/** Asked when the objects are other ones, and again when the page is looked at again; while it is not known nothing is refused. */
export function useMay(objects: readonly Ref[]): May {
  const [first] = objects;
  const bySource = Map.groupBy(objects, ({ source }) => source);
  const { data } = useQuery({
    queryKey: ["may", first?.kind, objects.map(({ source, path }) => `${source}/${path}`).toSorted()],
    queryFn: async ({ signal }): Promise<MayAnswer["objects"]> => {
      const answers = await Promise.all(
        [...bySource].map(([source, refs]) =>
          askMay(
            first?.kind ?? "",
            source,
            refs.map(({ path }) => path),
            signal,
          ),
        ),
      );
      return answers.flatMap(({ value }) => value?.objects ?? []);
    },
    enabled: first !== undefined,
    staleTime: 10_000,
    gcTime: 30_000,
    refetchOnWindowFocus: true,
  });
  return {
    known: data !== undefined,
    missing: (verb) =>
      (data ?? []).flatMap(({ path, verbs }) => {
        const right = verbs[verb];
        return right ? [{ path, right }] : [];
      }),
  };
}
