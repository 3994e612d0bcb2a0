import { useQuery } from "@tanstack/react-query";

import type { WireError } from "../../protocol/error.ts";
import type { Ref } from "../../protocol/ref.ts";
import { hrefOf } from "../../protocol/ref.ts";

export type ObjectYaml = { readonly lines: readonly string[] | null; readonly error: WireError | null };

/**
 * The object's YAML as the server prints it, with the managed fields that the live object leaves out. Read once for each
 * `version`, and only while `wanted`.
 */
export function useObjectYaml(ref: Ref, version: string, wanted: boolean): ObjectYaml {
  const { data } = useQuery<ObjectYaml>({
    queryKey: ["yaml", ref.kind, ref.source, ref.path, version],
    queryFn: ({ signal }) => readYaml(ref, signal, { managedFields: true }),
    enabled: wanted,
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 10_000,
  });
  return data ?? { lines: null, error: null };
}

export async function readYaml(
  ref: Ref,
  signal: AbortSignal,
  { managedFields }: { managedFields: boolean },
): Promise<ObjectYaml> {
  const response = await fetch(`/api/objects${hrefOf(ref)}?format=yaml&managedFields=${managedFields}`, {
    signal,
    cache: "no-store",
  });
  const text = await response.text();
  if (response.ok) return { lines: text.replace(/\n$/, "").split("\n"), error: null };
  return { lines: null, error: errorIn(text) };
}

function errorIn(text: string): WireError {
  try {
    const { error } = JSON.parse(text) as { error?: WireError };
    return error ?? { code: "internal" };
  } catch {
    return { code: "internal" };
  }
}
