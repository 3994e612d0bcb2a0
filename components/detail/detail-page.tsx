"use client";

import { useMemo } from "react";

import { ActionBar } from "@/components/actions/action-bar";
import { PullList } from "@/components/actions/pull-list";
import { useMessages } from "@/components/ui/messages";
import { Skeleton } from "@/components/ui/skeleton";
import { useDetailAddress } from "@/lib/client/hooks/use-detail-address";
import { useLiveObject } from "@/lib/client/hooks/use-live-object";
import { kindOf } from "@/lib/kinds/index";
import { sideOf } from "@/lib/kinds/kind";
import type { Kind, SourceType } from "@/lib/kinds/kind";
import { containersOf } from "@/lib/kinds/pod-containers";
import { asObject } from "@/lib/kinds/read-object";
import type { WireError } from "@/lib/protocol/error";
import type { ObjectAnswer } from "@/lib/protocol/object";
import type { Ref } from "@/lib/protocol/ref";

import { DetailHeader } from "./detail-header";
import { DetailNotes } from "./detail-notes";
import { ObjectError } from "./object-error";
import { PartLinks } from "./part-links";
import { SectionPart } from "./section-part";
import { partsOf } from "./parts";

type Props = {
  kindId: string;
  source: string;
  type: SourceType;
  path: string;
  /** The object as JSON text: objects of a cluster may have keys that a page's own data may not. Null where it comes later. */
  initial: string | null;
  error: WireError | null;
};

/** The page of one object of any kind: what it is in a sentence, then the sections that its kind names. */
export function DetailPage({ kindId, source, path, ...rest }: Props) {
  const kind = kindOf(kindId);
  // A kind that is not known has been answered by the server already.
  return kind ? (
    <ObjectPage key={`${kindId} ${source} ${path}`} kind={kind} source={source} path={path} {...rest} />
  ) : null;
}

function ObjectPage({ kind, source, type, path, initial, error: firstError }: Omit<Props, "kindId"> & { kind: Kind }) {
  const m = useMessages();
  const address = useDetailAddress();
  const ref = useMemo((): Ref => ({ kind: kind.id, source, path }), [kind, source, path]);
  const start = useMemo(() => (initial === null ? null : (JSON.parse(initial) as ObjectAnswer)), [initial]);
  const { value, error: liveError } = useLiveObject(ref, start);
  const error = liveError ?? (value === null ? firstError : null);
  const object = value?.object ?? null;
  const side = sideOf(kind, type) ?? kind;
  const isDerived = kind.derived !== null && type === "cluster";
  const container = isDerived ? path.split("/").at(-1) : undefined;
  const missing =
    object !== null && container !== undefined && containersOf(asObject(object)).every((one) => one.name !== container);
  const parts = useMemo(() => partsOf(kind, type, object, m), [kind, type, object, m]);

  return (
    <div className="mx-auto flex max-w-[110rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <DetailHeader kind={kind} side={side} isDerived={isDerived} target={ref} answer={value} />
      {object && value?.gone === undefined && !isDerived ? (
        <ActionBar kind={kind} type={type} target={ref} object={object} />
      ) : null}
      {kind.id === "engines" ? <PullList target={ref} /> : null}
      <DetailNotes answer={value} error={value ? error : null} />
      {missing ? (
        <ObjectError
          kind={kind}
          target={ref}
          error={{ code: "not-found", detail: m.detail.containers.notInPod({ name: container ?? "" }) }}
        />
      ) : value === null ? (
        error ? (
          <ObjectError kind={kind} target={ref} error={error} />
        ) : (
          <Waiting text={m.detail.loading} />
        )
      ) : (
        <>
          <PartLinks parts={parts} />
          <div className="grid items-start gap-3 max-xl:contents xl:grid-cols-[minmax(0,1fr)_23rem]">
            {(["main", "side"] as const).map((column) => (
              <div key={column} className="flex min-w-0 flex-col gap-3 max-xl:contents">
                {parts
                  .filter((part) => part.column === column)
                  .map((part) => (
                    <SectionPart
                      key={part.id}
                      part={part}
                      kind={kind}
                      isDerived={isDerived}
                      target={ref}
                      answer={value}
                      address={address}
                    />
                  ))}
              </div>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

/** The shape of the page while the object is on its way. */
function Waiting({ text }: { text: string }) {
  return (
    <div role="status" className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_23rem]">
      <span className="sr-only">{text}</span>
      {[5, 7].map((rows) => (
        <div key={rows} className="space-y-4 rounded-lg border border-line bg-surface p-4">
          {Array.from({ length: rows }, (_, row) => (
            <div key={row} className="flex gap-6">
              <Skeleton className="w-24" />
              <Skeleton className={row % 2 ? "w-64" : "w-48"} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
