import { cookies } from "next/headers";
import type { ReactNode } from "react";

import { Frame } from "@/components/shell/frame";
import { Providers } from "@/components/shell/providers";
import { cookies as names } from "@/components/ui/choices";
import { stowage } from "@/lib/server/next";

import { signedIn } from "../request";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const who = await signedIn();
  const server = stowage();
  const start = {
    face: server.face,
    person: who.name,
    role: who.role,
    sources: server.sources(who),
    demo: server.demo ? { lookedFor: server.lookedFor } : null,
  };
  const narrow = (await cookies()).get(names.rail)?.value === "narrow";
  return (
    <Providers renderedAt={Math.floor(Date.now() / 1000)}>
      <Frame start={start} startNarrow={narrow}>
        {children}
      </Frame>
    </Providers>
  );
}
