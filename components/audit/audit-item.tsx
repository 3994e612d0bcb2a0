"use client";

import Link from "next/link";
import type { ReactNode } from "react";

import { Chip } from "@/components/ui/chip";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { Icon, kindIcon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { kindOf } from "@/lib/kinds/index";
import type { AuditOutcome, AuditRow } from "@/lib/protocol/audit";
import type { HealthLevel } from "@/lib/protocol/cell";
import { hrefOf } from "@/lib/protocol/ref";

import { queryFor } from "./asked";
import { LocalTime } from "./local-time";

const marks: Record<AuditOutcome, HealthLevel> = {
  done: "done",
  failed: "failing",
  refused: "warning",
  intent: "unknown",
};

/** One row: who, what, to what, and how it ended; the rest behind it. */
export function AuditItem({ row }: { row: AuditRow }) {
  const m = useMessages().audit;
  const { detail, outcome, kind } = row;
  return (
    <li>
      <details className="group">
        <summary className="grid cursor-pointer list-none grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 px-3 py-1.5 hover:bg-hover md:grid-cols-[1rem_10.5rem_minmax(0,11rem)_minmax(0,9rem)_minmax(0,1fr)_7rem] [&::-webkit-details-marker]:hidden">
          <Icon
            name="chevron-right"
            size={12}
            className="self-center text-faint transition-transform group-open:rotate-90"
          />
          <span className="text-sm text-muted">
            <LocalTime at={row.at} />
          </span>
          <span className="min-w-0 truncate max-md:col-start-2 max-md:row-start-2">
            <ClusterText text={row.name} />
          </span>
          <span className="flex min-w-0 items-baseline gap-1.5 max-md:col-span-2 max-md:col-start-2 max-md:row-start-3">
            <ClusterText text={row.verb} mono className="truncate font-medium" />
            {detail["dryRun"] === true ? <Chip>{m.dryRun}</Chip> : null}
          </span>
          <span className="flex min-w-0 items-baseline gap-1.5 max-md:col-span-2 max-md:col-start-2 max-md:row-start-4">
            {kind === null ? null : <Icon name={kindIcon(kind)} size={13} className="self-center text-faint" />}
            <span className="min-w-0 font-mono text-sm wrap-anywhere">
              {[kind, objectOf(row), row.source].map((text, part) =>
                text === null ? null : (
                  <span key={parts[part]} className={part === 1 ? "" : "text-muted"}>
                    <ClusterText text={text} />{" "}
                  </span>
                ),
              )}
            </span>
          </span>
          <span className="flex items-baseline gap-1.5 max-md:col-start-3 max-md:row-start-1">
            <HealthMark level={marks[outcome]} size={11} className="translate-y-px" />
            {m.outcomes[outcome]}
          </span>
        </summary>
        <ItemBody row={row} />
      </details>
    </li>
  );
}

const parts = ["kind", "object", "source"] as const;

/** The object, or what stands for one that has no name: all in a namespace, or what was asked for. */
function objectOf({ kind, path, detail }: AuditRow): string | null {
  const { namespace, request } = detail;
  if (path !== null) return path;
  if (kind === null) return typeof request === "string" ? request : null;
  return typeof namespace === "string" ? `${namespace}/*` : "*";
}

function ItemBody({ row }: { row: AuditRow }) {
  const m = useMessages().audit;
  const { source, kind, path, outcome } = row;
  const known = kind !== null && kindOf(kind) !== undefined;
  const about = source !== null && kind !== null && path !== null ? { source, kind, path } : null;
  return (
    <div className="space-y-2 border-t border-line bg-sunken px-3 py-2.5 md:pl-10">
      {outcome === "intent" ? <p className="max-w-prose">{m.intentAbout}</p> : null}
      <dl className="grid grid-cols-[minmax(5rem,8rem)_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        <Fact label={m.error} value={row.error} />
        <Fact label={m.number} value={String(row.id)} />
        <Fact label={m.began} value={<LocalTime at={row.at} />} />
        <Fact label={m.ended} value={row.ended === null ? m.notEnded : <LocalTime at={row.ended} />} />
        <Fact label={m.account} value={row.person} />
        <Fact label={m.session} value={row.session} />
        <Fact label={m.address} value={row.address} />
        <Fact label={m.source} value={source} />
        <Fact label={m.kind} value={kind} />
        {Object.entries(row.detail).map(([name, value]) => (
          <Fact
            key={name}
            label={<ClusterText text={name} mono />}
            value={<ClusterText text={typeof value === "string" ? value : JSON.stringify(value)} mono />}
          />
        ))}
      </dl>
      {about ? (
        <p className="flex flex-wrap gap-x-4">
          {known ? (
            <Link href={hrefOf(about)} prefetch={false} className="text-accent hover:underline">
              {m.open}
            </Link>
          ) : null}
          <Link href={`/audit${queryFor(about)}`} prefetch={false} className="text-accent hover:underline">
            {m.about}
          </Link>
        </p>
      ) : null}
    </div>
  );
}

function Fact({ label, value }: { label: ReactNode; value: ReactNode }) {
  if (value === null || value === "") return null;
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{typeof value === "string" ? <ClusterText text={value} /> : value}</dd>
    </>
  );
}
