"use client";

import type { ReactNode } from "react";

/** Names and values, a line each; those without a value are left out. */
export function FactList({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  const told = facts.filter(([, value]) => value !== null && value !== "" && value !== undefined);
  if (told.length === 0) return null;
  return (
    <dl className="grid grid-cols-[minmax(5rem,7.5rem)_minmax(0,1fr)] gap-x-3 gap-y-1 px-3.5 py-2.5">
      {told.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
