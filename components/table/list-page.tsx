"use client";

import { useCallback, useEffect, useMemo, useState } from "react";

import { SelectionBar } from "@/components/actions/selection-bar";
import { useFrame } from "@/components/shell/frame-context";
import { isForPage } from "@/components/shell/keys";
import { columnTitle, kindTitle } from "@/components/shell/sections";
import { cookies } from "@/components/ui/choices";
import { setCookie } from "@/components/ui/cookie";
import { Explain } from "@/components/ui/explain";
import { useLocale, useMessages } from "@/components/ui/messages";
import type { InitialRows } from "@/lib/client/hooks/use-live-rows";
import { useLiveRows } from "@/lib/client/hooks/use-live-rows";
import { changeView, useView } from "@/lib/client/hooks/use-view";
import { queryOf } from "@/lib/client/store/view-address";
import { kindOf } from "@/lib/kinds/index";
import { sideOf } from "@/lib/kinds/kind";
import type { Column, Kind, SourceType } from "@/lib/kinds/kind";
import { bulkVerbsFor } from "@/lib/kinds/verbs";
import type { WireError } from "@/lib/protocol/error";
import type { SourceState } from "@/lib/protocol/query";

import { ColumnChooser } from "./column-chooser";
import { DataGrid } from "./data-grid";
import { FacetChips } from "./facet-chips";
import { FacetMenus } from "./facet-menu";
import { firstWindow } from "./first-window";
import { askedColumns, choosable, shownColumns, typesOf } from "./grid-layout";
import { SourceNotes } from "./source-notes";
import { EmptyTable, TableError } from "./table-notice";
import { TerminalButton } from "./terminal-button";
import { Totals } from "./totals";
import { useFrozenRows } from "./use-frozen-rows";
import { mostSelected, useSelection } from "./use-selection";

/** Where there are no rows, what stands in their place says why. */
const noStates: readonly SourceState[] = [];

type Props = {
  kindId: string;
  initial: InitialRows | null;
  error: WireError | null;
  density: "comfortable" | "compact";
};

/** The list of any kind: what there is in numbers, then the rows. */
export function ListPage({ kindId, ...rest }: Props) {
  const kind = kindOf(kindId);
  // A kind that is not known has been answered by the server already.
  return kind ? <KindList key={kindId} kind={kind} {...rest} /> : null;
}

function KindList({ kind, initial, error: firstError, density: firstDensity }: Omit<Props, "kindId"> & { kind: Kind }) {
  const m = useMessages();
  const view = useView();
  const { sources } = useFrame();
  const [density, setDensity] = useDensity(firstDensity);
  const manySources =
    sources.filter(({ source, type }) => sideOf(kind, type) && (view.in.length === 0 || view.in.includes(source)))
      .length > 1;
  const cols = view.cols.join();
  // Sources are told anew with each of their changes, and hardly ever others.
  const typed = [...typesOf(kind, sources, view.in)].toSorted().join();
  const types = useMemo(() => new Set(typed.split(",") as SourceType[]), [typed]);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `cols` stands for view.cols.
  const columns = useMemo(() => shownColumns(kind, view.cols, types, manySources), [kind, cols, types, manySources]);
  const query = useMemo(
    () => queryOf(kind, view, askedColumns(kind, view.cols, types), firstWindow),
    [kind, view, types],
  );
  const question = `${view.in.join()} ${view.q} ${view.sort}`;
  const selection = useSelection(question);
  const live = useFrozenRows(useLiveRows(query, initial), selection.keys.size > 0);
  const { view: rows, waiting } = live;
  const error = live.error ?? (rows === null && waiting && firstError?.code !== "signed-out" ? firstError : null);
  const title = kindTitle(m, kind.id);
  const sort = useCallback((next: string) => changeView({ sort: next }), []);
  const isEmpty = rows !== null && rows.total === 0 && !rows.provisional && !waiting;

  return (
    <div className="flex h-full min-h-96 flex-col">
      <header className="flex shrink-0 flex-wrap items-center gap-2 px-4 pt-3 pb-2.5 max-sm:px-3">
        <h1 className="text-xl font-semibold">{title}</h1>
        <About kind={kind} title={title} />
        {rows ? <Totals view={rows} /> : null}
        <span className="flex-1" />
        {rows ? (
          <div className="flex max-lg:hidden">
            <FacetMenus kind={kind} view={rows} q={view.q} />
          </div>
        ) : null}
        <SortMenu columns={columns} sort={view.sort} />
        <ColumnChooser kind={kind} columns={columns} density={density} onDensity={setDensity} />
        <TerminalButton kind={kind} view={view} columns={columns} />
        {rows ? <FacetChips kind={kind} view={rows} q={view.q} /> : null}
      </header>
      <Answered question={question} total={waiting ? null : (rows?.total ?? null)} title={title} />
      <SourceNotes states={rows && !error && !isEmpty ? rows.sources : noStates} />
      {error ? (
        <TableError error={error} />
      ) : isEmpty ? (
        <EmptyTable kind={kind} view={rows} q={view.q} />
      ) : (
        <DataGrid
          main
          kind={kind}
          columns={columns}
          live={live}
          label={title}
          sort={view.sort}
          onSort={sort}
          question={question}
          first={firstWindow}
          density={density}
          selection={isActedOn(kind, types) ? selection : undefined}
          className="min-h-48 flex-1 border-t border-line"
        />
      )}
      {selection.keys.size > 0 ? (
        <SelectionBar kind={kind} keys={selection.keys} most={mostSelected} onClear={selection.clear} />
      ) : null}
    </div>
  );
}

/** Whether rows can be selected: some of those in view have actions. Events come and go by themselves. */
function isActedOn(kind: Kind, types: ReadonlySet<SourceType>): boolean {
  return kind.id !== "events" && [...types].some((type) => bulkVerbsFor(kind, new Set([type])).length > 0);
}

/** Tells a screen reader how many rows answer a question, once for each question. */
function Answered({ question, total, title }: { question: string; total: number | null; title: string }) {
  const m = useMessages();
  const locale = useLocale();
  const [said, setSaid] = useState({ question, text: "" });
  if (total !== null && said.question !== question) {
    setSaid({ question, text: m.table.rowCount({ total: total.toLocaleString(locale), kind: title }) });
  }
  return (
    <p role="status" className="sr-only">
      {said.text}
    </p>
  );
}

function About({ kind, title }: { kind: Kind; title: string }) {
  const m = useMessages();
  const words: Readonly<Record<string, { about: string }>> = m.kinds;
  const about = Object.hasOwn(words, kind.id) ? words[kind.id]?.about : undefined;
  return about ? <Explain term={title}>{about}</Explain> : null;
}

/** Cards have no heads to click. */
function SortMenu({ columns, sort }: { columns: readonly Column[]; sort: string }) {
  const m = useMessages();
  return (
    <select
      aria-label={m.table.sortBy}
      value={sort}
      onChange={(event) => changeView({ sort: event.target.value })}
      className="h-8 max-w-28 min-w-0 rounded-md border border-line-strong bg-surface px-1.5 sm:hidden"
    >
      <option value="">{m.table.sortBy}</option>
      {columns.filter(choosable).flatMap((column) => {
        const head = columnTitle(m, column.id);
        return [
          <option key={column.id} value={column.id}>
            {head} ↑
          </option>,
          <option key={`-${column.id}`} value={`-${column.id}`}>
            {head} ↓
          </option>,
        ];
      })}
    </select>
  );
}

/** Rows denser or wider apart, by the chooser or the key `d`; a cookie remembers it. */
function useDensity(first: "comfortable" | "compact") {
  const [density, setDensity] = useState(first);
  const change = useCallback((next: "comfortable" | "compact") => {
    setDensity(next);
    setCookie(cookies.density, next);
  }, []);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key === "d" && isForPage(event)) change(density === "compact" ? "comfortable" : "compact");
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [density, change]);
  return [density, change] as const;
}
