"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useState } from "react";

import { Dialog } from "@/components/ui/dialog";
import { Icon, kindIcon } from "@/components/ui/icon";
import { useLocale, useMessages } from "@/components/ui/messages";
import { useView } from "@/lib/client/hooks/use-view";
import { printView } from "@/lib/client/store/view-address";
import { kindList } from "@/lib/kinds/index";

import { useFrame, usePlace } from "./frame-context";
import { listHref } from "./rail";
import { kindsIn, kindTitle, railGroups } from "./sections";

/** What one opens on a phone; the rest is behind "more". */
const first = ["pods", "nodes", "events"];

/** The rail of a phone. */
export function BottomBar() {
  const m = useMessages();
  const view = useView();
  const place = usePlace();
  const [open, setOpen] = useState(false);
  const shown = first.flatMap((id) => kindList.find((kind) => kind.id === id) ?? []);
  const elsewhere = place.kind !== null && !first.includes(place.kind.id);

  return (
    <nav
      aria-label={m.shell.rail}
      className="no-print grid auto-cols-fr grid-flow-col border-t border-line bg-rail pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <BarLink
        href={`/${printView({ in: view.in })}`}
        here={place.page === "overview"}
        icon="overview"
        title={m.shell.overview}
      />
      {shown.map((kind) => (
        <BarLink
          key={kind.id}
          href={listHref(kind, view)}
          here={place.kind?.id === kind.id}
          icon={kindIcon(kind.id)}
          title={kindTitle(m, kind.id)}
        />
      ))}
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        className={`${barItem} ${elsewhere ? "text-accent" : "text-muted"}`}
      >
        <Icon name="menu" size={18} />
        {m.shell.more}
      </button>
      <Dialog title={m.shell.rail} open={open} onClose={() => setOpen(false)}>
        <AllSections close={() => setOpen(false)} />
      </Dialog>
    </nav>
  );
}

const barItem = "flex h-13 flex-col items-center justify-center gap-0.5 text-xs";

function BarLink({
  href,
  here,
  icon,
  title,
}: {
  href: string;
  here: boolean;
  icon: Parameters<typeof Icon>[0]["name"];
  title: string;
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
      className={`${barItem} text-muted aria-[current]:font-semibold aria-[current]:text-accent`}
    >
      <Icon name={icon} size={18} />
      <span className="max-w-full truncate px-1">{title}</span>
    </Link>
  );
}

function AllSections({ close }: { close: () => void }) {
  const m = useMessages();
  const locale = useLocale();
  const view = useView();
  const { counts, sources } = useFrame();
  return (
    <div className="p-2">
      <SectionLink href="/stack" icon="stack" title={m.shell.stack} close={close} />
      <SectionLink href="/registries" icon="registries" title={m.shell.registries} close={close} />
      {railGroups(kindsIn(kindList, sources), m).map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h3 className="px-2 pt-2 pb-1 text-xs text-muted">{group.title}</h3>
          {group.entries.map(({ kind, title }) => (
            <SectionLink key={kind.id} href={listHref(kind, view)} icon={kindIcon(kind.id)} title={title} close={close}>
              <span className="font-mono text-sm text-muted">{counts[kind.id]?.toLocaleString(locale)}</span>
            </SectionLink>
          ))}
        </section>
      ))}
      <SectionLink href="/audit" icon="ledger" title={m.audit.title} close={close} />
      <SectionLink href="/settings/status" icon="speak" title={m.shell.statusPage} close={close} />
    </div>
  );
}

type SectionLinkProps = {
  href: string;
  icon: Parameters<typeof Icon>[0]["name"];
  title: string;
  close: () => void;
  children?: ReactNode;
};

function SectionLink({ href, icon, title, close, children }: SectionLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      onClick={close}
      className="flex h-11 items-center gap-3 rounded-md px-2 text-lg hover:bg-hover"
    >
      <Icon name={icon} size={18} className="text-muted" />
      <span className="flex-1">{title}</span>
      {children}
    </Link>
  );
}
