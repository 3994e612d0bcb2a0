import type { TerminalTarget, TokenMemory } from "./terminal-session.ts";

const prefix = "stowage-terminal:";

/** The tab's own memory: it lives over a reload and ends with the tab. */
export function tokenMemory(target: TerminalTarget): TokenMemory {
  const key = keyOf(target);
  return {
    read: () => storage()?.getItem(key) ?? null,
    keep: (token) => storage()?.setItem(key, token),
    forget: () => storage()?.removeItem(key),
  };
}

/** The first of a pod's containers in which the tab has left a terminal; null for none. */
export function rememberedIn(pod: Omit<TerminalTarget, "container">, containers: readonly string[]): string | null {
  return containers.find((container) => storage()?.getItem(keyOf({ ...pod, container })) != null) ?? null;
}

function keyOf({ source, namespace, pod, container }: TerminalTarget): string {
  return `${prefix}${[source, namespace, pod, container].join("/")}`;
}

/** A browser may refuse it. */
function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
