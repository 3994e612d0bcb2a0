"use client";

import Link from "next/link";

import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { Notice } from "@/components/ui/notice";
import type { AuditPage as Page } from "@/lib/protocol/audit";

import type { Asked } from "./asked";
import { queryFor } from "./asked";
import type { AuditWords } from "./audit-filters";
import { AuditFilters } from "./audit-filters";
import { AuditItem } from "./audit-item";
import { Follow } from "./follow";

type Props = {
  asked: Asked;
  words: AuditWords;
  /** Null where the filter is none, or the log could not be read: `problem` says which. */
  page: Page | null;
  problem: string | null;
};

/** Who did what, newest first: a filter, the rows, and all of them as a file. */
export function AuditPage({ asked, words, page, problem }: Props) {
  const m = useMessages();
  const isFiltered = Object.keys(asked).some((name) => name !== "before");
  return (
    <div className="mx-auto flex max-w-[110rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <header className="space-y-0.5">
        <h1 className="text-xl font-semibold">{m.audit.title}</h1>
        <p className="max-w-prose text-muted">{m.audit.lead}</p>
        {page?.sees === "own" ? <p className="max-w-prose text-muted">{m.audit.ownOnly}</p> : null}
      </header>
      <AuditFilters asked={asked} words={words} />
      {page === null ? (
        <Notice level="failing" title={problem === null ? m.audit.unavailable : m.audit.wrong}>
          {problem === null ? <p>{m.errors["database-failed"]}</p> : <p className="whitespace-pre-wrap">{problem}</p>}
        </Notice>
      ) : (
        <section aria-label={m.audit.rows} className="rounded-lg border border-line bg-surface">
          <div className="no-print flex min-h-10 flex-wrap items-center justify-end gap-x-4 gap-y-1 border-b border-line px-3 py-1.5 text-sm text-muted">
            {asked.before === undefined ? (
              <Follow />
            ) : (
              <Link
                href={`/audit${queryFor(asked, { before: "" })}`}
                prefetch={false}
                className={buttonClass("plain", "sm")}
              >
                {m.audit.newest}
              </Link>
            )}
            {(["csv", "jsonl"] as const).map((format) => (
              <a
                key={format}
                href={`/api/audit${queryFor(asked, { before: "", format })}`}
                download
                className={buttonClass("quiet", "sm")}
              >
                <Icon name="download" size={14} />
                {m.audit.exportAs({ format: format === "csv" ? "CSV" : "JSON Lines" })}
              </a>
            ))}
          </div>
          {page.rows.length === 0 ? (
            <p className="px-3 py-6 text-muted">{isFiltered ? m.audit.noneFit : m.audit.none}</p>
          ) : (
            <ol className="divide-y divide-line">
              {page.rows.map((row) => (
                <AuditItem key={row.id} row={row} />
              ))}
            </ol>
          )}
          {page.next === null ? null : (
            <div className="no-print flex justify-center border-t border-line p-2">
              <Link
                href={`/audit${queryFor(asked, { before: String(page.next) })}`}
                prefetch={false}
                className={buttonClass()}
              >
                {m.audit.older}
              </Link>
            </div>
          )}
        </section>
      )}
    </div>
  );
}
