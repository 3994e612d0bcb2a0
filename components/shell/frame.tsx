"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useMemo, useState } from "react";

import { useMessages } from "@/components/ui/messages";

import { BottomBar } from "./bottom-bar";
import { DemoBanner } from "./demo-banner";
import type { FrameStart } from "./frame-context";
import { FrameContext } from "./frame-context";
import { Rail } from "./rail";
import { TopBar } from "./top-bar";
import { usePageKeys } from "./use-page-keys";

const Palette = dynamic(async () => (await import("./palette")).Palette, { ssr: false });
const KeyHelp = dynamic(async () => (await import("./key-help")).KeyHelp, { ssr: false });

/** What stands around every page of the console. */
export function Frame({
  start,
  startNarrow,
  children,
}: {
  start: FrameStart;
  startNarrow: boolean;
  children: ReactNode;
}) {
  return (
    <FrameContext value={start}>
      <FrameBody startNarrow={startNarrow} demo={start.demo}>
        {children}
      </FrameBody>
    </FrameContext>
  );
}

function FrameBody({
  startNarrow,
  demo,
  children,
}: {
  startNarrow: boolean;
  demo: FrameStart["demo"];
  children: ReactNode;
}) {
  const m = useMessages();
  const [dialog, setDialog] = useState<"palette" | "help" | null>(null);
  // Loaded when first wanted, and kept from then on.
  const [wanted, setWanted] = useState({ palette: false, help: false });
  const open = useMemo(() => {
    const show = (which: "palette" | "help") => () => {
      setWanted((before) => ({ ...before, [which]: true }));
      setDialog(which);
    };
    return { palette: show("palette"), help: show("help") };
  }, []);
  usePageKeys(open);

  return (
    <div className="flex h-dvh flex-col">
      <a href="#content" className="sr-only z-50 bg-surface px-3 py-2 focus:not-sr-only focus:absolute">
        {m.shell.skip}
      </a>
      {demo ? <DemoBanner lookedFor={demo.lookedFor} /> : null}
      <TopBar openPalette={open.palette} />
      <div className="flex min-h-0 flex-1">
        <Rail startNarrow={startNarrow} openHelp={open.help} />
        <main id="content" tabIndex={-1} className="relative min-w-0 flex-1 overflow-auto outline-none">
          {children}
        </main>
      </div>
      <BottomBar />
      {wanted.palette ? <Palette open={dialog === "palette"} onClose={() => setDialog(null)} /> : null}
      {wanted.help ? <KeyHelp open={dialog === "help"} onClose={() => setDialog(null)} /> : null}
    </div>
  );
}
