import { useQuery } from "@tanstack/react-query";

import type { WireError } from "../../protocol/error.ts";
import type { Ref } from "../../protocol/ref.ts";
import { readYaml } from "./use-object-yaml.ts";

/** The object's YAML as it is now, to be edited; read once, and not again while it is edited. */
export function useObjectText(ref: Ref): { text: string | null; error: WireError | null } {
  const { data } = useQuery({
    queryKey: ["text", ref.kind, ref.source, ref.path],
    queryFn: ({ signal }) => readYaml(ref, signal, { managedFields: false }),
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return { text: data?.lines ? `${data.lines.join("\n")}\n` : null, error: data?.error ?? null };
}
