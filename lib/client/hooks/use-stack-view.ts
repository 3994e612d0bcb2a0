import { useSearchParams } from "next/navigation";
import { useMemo } from "react";

import type { StackView } from "../../stack/stack-view.ts";
import { printStackView, readStackView, stackViewNames } from "../../stack/stack-view.ts";

/** How the address says that a machine is looked at. */
export function useStackView(): StackView {
  const params = useSearchParams();
  return useMemo(() => readStackView(params), [params]);
}

/** Changes the view by changing the address, without a request to the server; what else stands in the address stays there. */
export function changeStackView(change: Partial<StackView>, how: "push" | "replace" = "replace"): void {
  const address = stackAddress(new URLSearchParams(window.location.search), change);
  const url = window.location.pathname + address + window.location.hash;
  if (how === "push") window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
}

/** The search part of an address after a change, with its `?`. */
function stackAddress(now: URLSearchParams, change: Partial<StackView>): string {
  const view = readStackView(now);
  const params = new URLSearchParams([...now].filter(([name]) => !stackViewNames.includes(name)));
  for (const [name, value] of printStackView({ ...view, ...change })) params.set(name, value);
  const text = params.toString().replaceAll("%2F", "/");
  return text === "" ? "" : `?${text}`;
}
