import { useSearchParams } from "next/navigation";
import { useMemo } from "react";

import type { ViewAddress } from "../store/view-address.ts";
import { printView, readView } from "../store/view-address.ts";

/** The view that the address tells. */
export function useView(): ViewAddress {
  const params = useSearchParams();
  return useMemo(() => readView(params), [params]);
}

/**
 * Changes the view by changing the address, without a request to the server. `replace` is for changes that are not worth a step
 * back: typing.
 */
export function changeView(change: Partial<ViewAddress>, how: "push" | "replace" = "push"): void {
  const now = readView(new URLSearchParams(window.location.search));
  const address = window.location.pathname + printView({ ...now, ...change });
  if (address === window.location.pathname + window.location.search) return;
  if (how === "push") window.history.pushState(null, "", address);
  else window.history.replaceState(null, "", address);
}
