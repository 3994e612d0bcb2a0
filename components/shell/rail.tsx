"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";

import { cookies } from "@/components/ui/choices";
import { setCookie } from "@/components/ui/cookie";
import type { IconName } from "@/components/ui/icon";
import { Icon, kindIcon } from "@/components/ui/icon";
import { useLocale, useMessages } from "@/components/ui/messages";
import { useView } from "@/lib/client/hooks/use-view";
import type { ViewAddress } from "@/lib/client/store/view-address";
import { printView } from "@/lib/client/store/view-address";
import { kindList } from "@/lib/kinds/index";
import type { Kind } from "@/lib/kinds/kind";
import { valuesOf, withValues } from "@/lib/query/edit";

import { useFrame, usePlace } from "./frame-context";
import { kindsIn, railGroups } from "./sections";

/** The sections, with how many rows each has. Narrow, it keeps the drawings and says the words on hover. */
export function Rail({ startNarrow, openHelp }: { startNarrow: boolean; openHelp: () => void }) {
  const m = useMessages();
  const locale = useLocale();
  const view = useView();
  const place = usePlace();
  const path = usePathname();
  const { counts, sources } = useFrame();
  const [narrow, setNarrow] = useState(startNarrow);

  const toggle = (): void => {
    setNarrow(!narrow);
    setCookie(cookies.rail, narrow ? "wide" : "narrow");
  };

  return (
    <nav
      aria-label={m.shell.rail}
      data-narrow={narrow || undefined}
      className="group/rail no-print hidden w-(--rail-width) shrink-0 flex-col overflow-y-auto border-r border-line bg-rail px-2 py-2 data-narrow:w-13 md:flex"
    >
      <RailLink
        href={`/${printView({ in: view.in })}`}
        icon="overview"
        title={m.shell.overview}
        here={place.page === "overview"}
      />
      <RailLink href="/stack" icon="stack" title={m.shell.stack} here={path === "/stack"} />
      <RailLink href="/registries" icon="registries" title={m.shell.registries} here={path.startsWith("/registries")} />
      {railGroups(kindsIn(kindList, sources), m).map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h2 className="mt-3 mb-1 px-2.5 text-xs text-faint group-data-narrow/rail:invisible group-data-narrow/rail:mt-1 group-data-narrow/rail:h-px group-data-narrow/rail:overflow-hidden">
            {group.title}
          </h2>
          <ul>
            {group.entries.map(({ kind, title }) => {
              const count = counts[kind.id];
              return (
                <li key={kind.id}>
                  <RailLink
                    href={listHref(kind, view)}
                    icon={kindIcon(kind.id)}
                    title={title}
                    here={place.kind?.id === kind.id}
                    count={typeof count === "number" ? count.toLocaleString(locale) : undefined}
                  />
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      <div className="mt-auto pt-2">
        <RailLink href="/audit" icon="ledger" title={m.audit.title} here={path === "/audit"} />
        <RailLink href="/settings/status" icon="speak" title={m.shell.statusPage} here={path === "/settings/status"} />
        <RailButton icon="keyboard" title={m.shell.keysOpen} onClick={openHelp} hasPopup="dialog" />
        <RailButton
          icon="rail"
          title={narrow ? m.shell.expand : m.shell.collapse}
          onClick={toggle}
          isExpanded={!narrow}
        />
      </div>
    </nav>
  );
}

/** The list of a kind, in the same sources and namespaces. */
export function listHref(kind: Kind, view: ViewAddress): string {
  const namespaces = kind.namespaced ? valuesOf(view.q, "ns") : [];
  const q = namespaces.length > 0 ? withValues("", "ns", namespaces) : "";
  return `/${encodeURIComponent(kind.id)}${printView({ in: view.in, q })}`;
}

type RailButtonProps = {
  icon: IconName;
  title: string;
  onClick: () => void;
  hasPopup?: "dialog";
  isExpanded?: boolean;
};

function RailButton({ icon, title, onClick, hasPopup, isExpanded }: RailButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      title={title}
      aria-haspopup={hasPopup}
      aria-expanded={isExpanded}
      className="flex h-8 w-full items-center gap-2.5 rounded-md px-2.5 text-sm text-faint hover:bg-hover hover:text-text"
    >
      <Icon name={icon} />
      <span className="truncate group-data-narrow/rail:sr-only">{title}</span>
    </button>
  );
}

type RailLinkProps = {
  href: string;
  icon: IconName;
  title: string;
  here: boolean;
  count?: string | undefined;
};

function RailLink({ href, icon, title, here, count }: RailLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
      title={title}
      className="flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2.5 text-text hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:font-semibold aria-[current]:text-accent"
    >
      <Icon name={icon} className="shrink-0 opacity-75" />
      <span className="min-w-0 flex-1 truncate group-data-narrow/rail:sr-only">{title}</span>
      {count === undefined ? null : (
        <span className={`font-mono text-xs group-data-narrow/rail:hidden ${here ? "" : "text-faint"}`}>{count}</span>
      )}
    </Link>
  );
}
