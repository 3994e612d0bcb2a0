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

/** A hundred long names would be longer than an address may be. */
const perRequest = 20;

/** Asked when the objects are other ones, and again when the page is looked at again; while it is not known nothing is refused. */
export function useMay(objects: readonly Ref[]): May {
  const [first] = objects;
  const bySource = Map.groupBy(objects, ({ source }) => source);
  const { data } = useQuery({
    queryKey: ["may", first?.kind, objects.map(({ source, path }) => `${source}/${path}`).toSorted()],
    queryFn: async ({ signal }): Promise<MayAnswer["objects"]> => {
      const asked = [...bySource].flatMap(([source, refs]) =>
        chunks(refs.map(({ path }) => path)).map((paths) => askMay(first?.kind ?? "", source, paths, signal)),
      );
      const answers = await Promise.all(asked);
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

function chunks(paths: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(paths.length / perRequest) }, (_, n) =>
    paths.slice(n * perRequest, (n + 1) * perRequest),
  );
}
