"use client";

import Link from "next/link";
import { useMemo } from "react";

import { Age } from "@/components/ui/age";
import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import { useClockText } from "@/lib/client/hooks/use-clock-text";
import { linkHref } from "@/lib/client/link-href";
import type { Fact } from "@/lib/kinds/kind";
import type { KubeObject } from "@/lib/protocol/object";

type Props = { facts: (object: KubeObject, now: number) => Fact[]; object: KubeObject; source: string };

/** Single facts, a line each. */
export function FactsSection({ facts, object, source }: Props) {
  const m = useMessages();
  // As text, so that the section draws again only when a fact has changed and not each second.
  const packed = useClockText((now) => JSON.stringify(facts(object, now)));
  const list = useMemo(() => JSON.parse(packed) as Fact[], [packed]);
  if (list.length === 0) return <p className="px-3.5 py-3 text-muted">{m.detail.noFacts}</p>;
  return (
    <dl className="grid grid-cols-[minmax(6rem,8.5rem)_minmax(0,1fr)] gap-x-3 gap-y-1 px-3.5 py-2.5">
      {list.map((fact) => (
        <div key={fact.label} className="contents">
          <dt className="text-muted">{m.facts[fact.label]}</dt>
          <dd className="min-w-0 wrap-anywhere">
            <FactValue fact={fact} source={source} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FactValue({ fact, source }: { fact: Fact; source: string }) {
  if (fact.time !== undefined) return <Age at={fact.time} className="font-mono" />;
  const text = <ClusterText text={fact.value} {...(fact.mono ? { mono: true } : {})} />;
  const href = fact.link ? linkHref(fact.link, source) : null;
  if (href === null) return text;
  return (
    <Link href={href} prefetch={false} className="text-accent hover:underline">
      {text}
    </Link>
  );
}
