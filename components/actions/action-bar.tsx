"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";

import { fittingVerbs } from "@/lib/client/actions/fitting-verbs";
import { useMay } from "@/lib/client/hooks/use-may";
import type { Kind, SourceType } from "@/lib/kinds/kind";
import type { ObjectVerb } from "@/lib/kinds/verbs";
import type { KubeObject } from "@/lib/protocol/object";
import type { Ref } from "@/lib/protocol/ref";

import { VerbToolbar } from "./verb-toolbar";

const ActionDialog = dynamic(async () => (await import("./action-dialog")).ActionDialog, { ssr: false });
const EditDialog = dynamic(async () => (await import("./edit-dialog")).EditDialog, { ssr: false });

const PullDialog = dynamic(async () => (await import("./pull-dialog")).PullDialog, { ssr: false });
const RunDialog = dynamic(async () => (await import("./run-dialog")).RunDialog, { ssr: false });

type ExactRef = Ref & { uid?: string };
type Props = { kind: Kind; type: SourceType; target: Ref; object: KubeObject };

/** What can be done to the object of a page. */
export function ActionBar(props: Props) {
  const { kind, type, target, object } = props;
  const objects = useMemo(() => [target], [target]);
  const may = useMay(objects);
  const [verb, setVerb] = useState<ObjectVerb | null>(null);
  const uid = object.metadata?.uid;
  // The very object of the page: one that took its name meanwhile is another.
  const exact = useMemo((): ExactRef[] => [uid === undefined ? target : { ...target, uid }], [target, uid]);
  const verbs = fittingVerbs(kind, type, object);
  if (verbs.length === 0) return null;
  const close = () => setVerb(null);
  return (
    <>
      <VerbToolbar verbs={verbs} may={may} count={1} onTake={setVerb} />
      {verb === null ? null : <VerbDialog {...props} verb={verb} exact={exact} onClose={close} />}
    </>
  );
}

/** The dialog of a verb: most have the same one. */
function VerbDialog(props: Props & { verb: ObjectVerb; exact: readonly ExactRef[]; onClose: () => void }) {
  const { kind, type, target, object, verb, exact, onClose } = props;
  switch (verb) {
    case "edit":
      return <EditDialog target={target} onClose={onClose} />;
    case "pull":
      return <PullDialog target={target} onClose={onClose} />;
    case "run":
      return <RunDialog target={exact[0] ?? target} object={object} onClose={onClose} />;
    default:
      return <ActionDialog kind={kind} type={type} verb={verb} targets={exact} object={object} onClose={onClose} />;
  }
}
