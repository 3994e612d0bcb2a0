"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useState } from "react";

import { RenderedAt } from "@/lib/client/hooks/rendered-at";
import { serverNow, setServerNow } from "@/lib/client/stream/server-clock";

let tabClient: QueryClient | null = null;

/** One cache for the life of the tab; one for each page made on the server, so that nobody sees another's rows. */
function queryClient(): QueryClient {
  if (typeof window === "undefined") return new QueryClient();
  tabClient ??= new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false, retry: false } } });
  return tabClient;
}

export function Providers({ renderedAt, children }: { renderedAt: number; children: ReactNode }) {
  const [client] = useState(() => {
    // Until the socket tells the time, a reader's clock that is plainly wrong is not believed.
    if (typeof window !== "undefined" && Math.abs(renderedAt - serverNow()) > 10) setServerNow(renderedAt);
    return queryClient();
  });
  return (
    <RenderedAt value={renderedAt}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </RenderedAt>
  );
}
