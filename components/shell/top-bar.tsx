"use client";

import Link from "next/link";

import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { useMessages } from "@/components/ui/messages";
import { useView } from "@/lib/client/hooks/use-view";
import { printView } from "@/lib/client/store/view-address";
import { kindOf } from "@/lib/kinds/index";

import { BrandMark } from "./brand";
import { useFrameStart, usePlace } from "./frame-context";
import { LanguageSwitch } from "./language-switch";
import { NamespaceSwitcher } from "./namespace-switcher";
import { PersonMenu } from "./person-menu";
import { QueryBox } from "./query-box";
import { SourceSwitcher } from "./source-switcher";
import { ThemeSwitch } from "./theme-switch";

/** Sources, namespaces, the filter, and what concerns the reader. On a phone the filter has a line of its own. */
export function TopBar({ openPalette }: { openPalette: () => void }) {
  const m = useMessages();
  const view = useView();
  const place = usePlace();
  const { face, person, role } = useFrameStart();
  const onList = place.page === "list";
  // Elsewhere than on a list, the box looks for what is looked for most.
  const kind = (onList ? place.kind : null) ?? kindOf("pods");

  return (
    <header className="no-print flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-surface px-3 py-2 md:h-(--top-height) md:flex-nowrap md:py-0">
      <Link
        href={`/${printView({ in: view.in })}`}
        prefetch={false}
        className="flex items-center gap-2 pr-2 pl-1 text-lg font-semibold lg:w-[calc(var(--rail-width)-1.5rem)]"
      >
        <BrandMark />
        <span className="max-lg:sr-only">Stowage</span>
      </Link>
      <SourceSwitcher />
      {onList && kind?.namespaced ? <NamespaceSwitcher kind={kind} /> : null}
      <div className="flex min-w-0 flex-1 basis-full max-md:order-last md:basis-0">
        {kind ? <QueryBox key={`${place.page} ${kind.id}`} kind={kind} onList={onList} /> : null}
      </div>
      <div className="flex items-center max-md:ml-auto">
        <button
          type="button"
          onClick={openPalette}
          aria-haspopup="dialog"
          aria-keyshortcuts="Control+K"
          className={buttonClass("plain", "md", "max-md:border-transparent max-md:bg-transparent max-md:px-2")}
        >
          <Icon name="search" size={16} className="md:hidden" />
          <span className="max-md:sr-only">{m.shell.goTo}</span>
          <span aria-hidden="true" className="max-lg:hidden">
            <Kbd>Ctrl K</Kbd>
          </span>
        </button>
        <span className="w-1.5 max-md:hidden" />
        <LanguageSwitch />
        <ThemeSwitch />
        {face === "team" ? <PersonMenu name={person} role={role} /> : null}
      </div>
    </header>
  );
}
