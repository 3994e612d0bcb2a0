"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useMemo } from "react";

import { DataGrid } from "@/components/table/data-grid";
import { useFrame } from "@/components/shell/frame-context";
import { askedColumns, shownColumns, typesOf } from "@/components/table/grid-layout";
import { SourceNotes } from "@/components/table/source-notes";
import { ClusterText } from "@/components/ui/cluster-text";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { useLiveRows } from "@/lib/client/hooks/use-live-rows";
import { printView, queryOf } from "@/lib/client/store/view-address";
import type { Kind, SourceType } from "@/lib/kinds/kind";

/** Rows that are asked for at first; the table asks for others as it scrolls. */
const firstRows = 20;

type Props = {
  id: string;
  title: string;
  kind: Kind;
  /** null for all sources. */
  source: string | null;
  q: string;
  /** Column ids; empty for the kind's standard ones. */
  columns?: readonly string[];
  /** Stands in the place of rows when there are none. */
  nothing: ReactNode;
};

const standard: readonly string[] = [];

/** A live table of another kind as a part of an object's page. */
export function LiveSection({ id, title, kind, source, q, columns = standard, nothing }: Props) {
  const m = useMessages();
  const locale = useLocale();
  const within = useMemo(() => (source === null ? [] : [source]), [source]);
  const view = useMemo(() => ({ in: within, q, sort: "", cols: columns }), [within, q, columns]);
  const { sources } = useFrame();
  const typed = [...typesOf(kind, sources, within)].join();
  const types = useMemo(() => new Set(typed.split(",") as SourceType[]), [typed]);
  const query = useMemo(
    () => queryOf(kind, view, askedColumns(kind, columns, types), firstRows),
    [kind, view, columns, types],
  );
  const live = useLiveRows(query);
  const withSource = source === null && sources.length > 1;
  const shown = useMemo(() => shownColumns(kind, columns, types, withSource), [kind, columns, types, withSource]);
  const { view: rows, error } = live;

  return (
    <Panel
      id={id}
      title={
        <>
          {title}
          {rows && rows.total > 0 ? (
            <span className="ml-2 font-mono text-sm font-normal text-muted">{rows.total.toLocaleString(locale)}</span>
          ) : null}
        </>
      }
      aside={
        <Link
          href={`/${encodeURIComponent(kind.id)}${printView({ in: within, q })}`}
          prefetch={false}
          className="hover:text-text hover:underline"
        >
          {m.detail.related.all}
        </Link>
      }
    >
      {rows ? <SourceNotes states={rows.sources} /> : null}
      {error && !rows ? (
        <p className="px-3.5 py-3 text-muted">
          {m.errors[error.code]} {error.detail ? <ClusterText text={error.detail} /> : null}
        </p>
      ) : !rows || (rows.total === 0 && rows.provisional) ? (
        <p className="flex gap-6 px-3.5 py-3" role="status" aria-label={m.detail.loading}>
          <Skeleton className="w-40" />
          <Skeleton className="w-20" />
          <Skeleton className="w-24" />
        </p>
      ) : rows.total === 0 ? (
        // Where the source shows nothing to this person, the note above says so; that there is nothing would be another claim.
        rows.sources.every((state) => state.state === "live") && <p className="px-3.5 py-3 text-muted">{nothing}</p>
      ) : (
        <DataGrid
          kind={kind}
          columns={shown}
          live={live}
          label={title}
          question={`${source ?? ""} ${q}`}
          first={0}
          density="compact"
          className="max-h-[min(24rem,60dvh)] rounded-b-lg"
        />
      )}
    </Panel>
  );
}
