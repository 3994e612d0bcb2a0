"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";

import { Button } from "@/components/ui/button";
import { useLocale, useMessages } from "@/components/ui/messages";
import { useMay } from "@/lib/client/hooks/use-may";
import { useFrame } from "@/components/shell/frame-context";
import type { Kind } from "@/lib/kinds/kind";
import type { ObjectVerb } from "@/lib/kinds/verbs";
import { bulkVerbsFor } from "@/lib/kinds/verbs";
import { refOf } from "@/lib/protocol/ref";

import { VerbToolbar } from "./verb-toolbar";

const ActionDialog = dynamic(async () => (await import("./action-dialog")).ActionDialog, { ssr: false });

type Props = { kind: Kind; keys: ReadonlySet<string>; most: number; onClear: () => void };

/** How many rows are selected, and what can be done to them. */
export function SelectionBar({ kind, keys, most, onClear }: Props) {
  const m = useMessages();
  const locale = useLocale();
  const refs = useMemo(() => [...keys].map((key) => refOf(kind.id, key)), [kind, keys]);
  const may = useMay(refs);
  const { sources } = useFrame();
  const types = useMemo(() => {
    const chosen = new Set(refs.map(({ source }) => source));
    return new Set(sources.filter(({ source }) => chosen.has(source)).map(({ type }) => type));
  }, [refs, sources]);
  const [type = "cluster"] = types;
  const verbs = bulkVerbsFor(kind, types);
  const [verb, setVerb] = useState<ObjectVerb | null>(null);
  // What the dialog is about does not change under it.
  const [targets, setTargets] = useState(refs);
  return (
    <div className="no-print flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line-strong bg-sunken px-4 py-2 max-sm:px-3">
      <p role="status" className="font-medium">
        {m.actions.selected({ count: keys.size.toLocaleString(locale) })}
        {keys.size >= most ? (
          <span className="ml-2 font-normal text-muted">
            {m.actions.mostSelected({ most: most.toLocaleString(locale) })}
          </span>
        ) : null}
      </p>
      <Button size="sm" look="quiet" onClick={onClear}>
        {m.actions.clearSelection}
      </Button>
      <span className="flex-1 text-sm text-muted max-md:hidden">{m.actions.frozen}</span>
      {verbs.length === 0 ? <p className="text-muted">{m.engineActions.none}</p> : null}
      <VerbToolbar
        verbs={verbs}
        may={may}
        count={refs.length}
        onTake={(next) => {
          setTargets(refs);
          setVerb(next);
        }}
      />
      {verb === null ? null : (
        <ActionDialog
          kind={kind}
          type={type}
          verb={verb}
          targets={targets}
          object={null}
          onDone={onClear}
          onClose={() => setVerb(null)}
        />
      )}
    </div>
  );
}
