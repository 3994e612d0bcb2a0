import { useSearchParams } from "next/navigation";
import { useMemo } from "react";

import type { DetailAddress } from "../store/detail-address.ts";
import { readDetail, withDetail } from "../store/detail-address.ts";

/** What of the detail page is open, as the address tells. */
export function useDetailAddress(): DetailAddress {
  const params = useSearchParams();
  return useMemo(() => readDetail(params), [params]);
}

/** Changes it in the address, without a request and without a step back. */
export function changeDetail(change: Partial<DetailAddress>): void {
  const { pathname, search, hash } = window.location;
  const next = withDetail(search, change);
  if (next !== search) window.history.replaceState(null, "", pathname + next + hash);
}
