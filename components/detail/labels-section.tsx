"use client";

import Link from "next/link";
import { kindTitle } from "@/components/shell/sections";
import { useMessages } from "@/components/ui/messages";
import { wordsOf } from "@/lib/client/detail/metadata-view";
import { printView } from "@/lib/client/store/view-address";
import type { Kind } from "@/lib/kinds/kind";
import type { KubeObject } from "@/lib/protocol/object";
import { filterTerm } from "@/lib/shared/filter-term";
import { visibleText } from "@/lib/shared/visible-text";

import { LongText } from "./long-text";

/** Labels lead to the others that wear them; long annotations are folded. Values are text, whatever they look like. */
export function LabelsSection({ kind, object, source }: { kind: Kind; object: KubeObject; source: string }) {
  const m = useMessages();
  const labels = wordsOf(object, "labels");
  const annotations = wordsOf(object, "annotations");
  return (
    <div className="space-y-3 px-3.5 py-2.5">
      <section>
        <h3 className="mb-1 text-sm text-muted">{m.detail.labels}</h3>
        {labels.length === 0 ? <p className="text-muted">{m.detail.noLabels}</p> : null}
        <ul className="flex flex-wrap gap-1">
          {labels.map(({ key, value }) => (
            <li key={key} className="min-w-0">
              <Link
                href={`/${encodeURIComponent(kind.id)}${printView({ in: [source], q: filterTerm("label", `${key}=${value}`) })}`}
                prefetch={false}
                title={m.detail.sameLabel({ kinds: kindTitle(m, kind.id) })}
                className="inline-block max-w-full rounded-sm border border-line bg-sunken px-1.5 font-mono text-sm wrap-anywhere hover:border-line-strong hover:bg-hover"
              >
                <bdi>
                  <span className="text-muted">{visibleText(key)}=</span>
                  {visibleText(value)}
                </bdi>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3 className="mb-1 text-sm text-muted">{m.detail.annotations}</h3>
        {annotations.length === 0 ? <p className="text-muted">{m.detail.noAnnotations}</p> : null}
        <dl className="space-y-1.5">
          {annotations.map((annotation) => (
            <div key={annotation.key}>
              <dt className="font-mono text-sm text-muted wrap-anywhere">
                <bdi>{visibleText(annotation.key)}</bdi>
              </dt>
              <dd className="font-mono text-sm wrap-anywhere">
                {annotation.folded ? <LongText text={annotation.value} /> : <bdi>{visibleText(annotation.value)}</bdi>}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
