"use client";

import { useDeferredValue, useMemo, useState } from "react";

import { kindTitle } from "@/components/shell/sections";
import { Dialog } from "@/components/ui/dialog";
import { useLocale, useMessages } from "@/components/ui/messages";
import { usePreview } from "@/lib/client/hooks/use-preview";
import type { Run } from "@/lib/client/hooks/use-run";
import { useRun } from "@/lib/client/hooks/use-run";
import type { Kind, SourceType } from "@/lib/kinds/kind";
import type { ObjectVerb } from "@/lib/kinds/verbs";
import type { KubeObject } from "@/lib/protocol/object";
import type { ActionResult } from "@/lib/protocol/action-answer";
import type { Ref } from "@/lib/protocol/ref";
import { visibleText } from "@/lib/shared/visible-text";

import { bodyOf, firstInput } from "./action-input";
import { CommandBox } from "./command-box";
import { Confirm } from "./confirm";
import { InputFields } from "./input-fields";
import { PreviewPart } from "./preview-part";
import { RunPart } from "./run-part";

export type ActionDialogProps = {
  kind: Kind;
  /** Of the sources that all targets are of. */
  type: SourceType;
  verb: ObjectVerb;
  targets: readonly Ref[];
  /** The object as it is on screen, for one. */
  object: KubeObject | null;
  onClose: () => void;
  /** Called before `onClose` when something was done. */
  onDone?: () => void;
};

/** What will happen, and then what happened: one dialog for every verb but the edit. */
export function ActionDialog(props: ActionDialogProps) {
  const m = useMessages();
  const locale = useLocale();
  const { kind, verb, targets, onClose, onDone } = props;
  const run = useRun();
  const close = (): void => {
    if (run.progress) onDone?.();
    onClose();
  };
  const what =
    targets.length === 1
      ? visibleText(targets[0]?.path.split("/").at(-1) ?? "")
      : m.actions.many({ count: targets.length.toLocaleString(locale), kind: kindTitle(m, kind.id) });
  return (
    <Dialog title={m.actions.titles[verb]({ what })} open onClose={close} wide>
      <DialogBody {...props} onClose={close} run={run} />
    </Dialog>
  );
}

function DialogBody({ kind, type, verb, targets, object, onClose, run }: ActionDialogProps & { run: Run }) {
  const m = useMessages();
  const [input, setInput] = useState(() => firstInput(object));
  const settled = useDeferredValue(input);
  const [first] = targets;
  const body = useMemo(() => {
    const fields = bodyOf({ verb, type, kindId: kind.id }, settled);
    return fields && { objects: targets, ...fields };
  }, [verb, type, kind, settled, targets]);
  const preview = usePreview(verb, run.progress ? null : body);
  const results = run.progress ? null : preview.results;
  const able = results?.filter(isWorthDoing) ?? [];
  const orphans = verb === "delete" && type === "cluster" && input.propagation === "orphan";
  if (!first) return null;

  const about = verb === "restart" && type === "engine" ? m.engineActions.restartAbout : m.actions.about[verb];

  const start = (which: readonly ActionResult[]): void => {
    const fields = bodyOf({ verb, type, kindId: kind.id }, input) ?? {};
    run.start(
      verb,
      which.map(({ target, uid, clearing }) => ({
        target,
        body: {
          objects: [{ ...target, ...(uid === null ? {} : { uid }) }],
          ...fields,
          // What was seen goes, and nothing else.
          ...(verb === "prune" && clearing ? { expected: clearing.goes.map(({ id }) => id) } : {}),
        },
      })),
    );
  };

  return (
    <div className="flex flex-col gap-3.5 p-4">
      {run.progress ? (
        <RunPart progress={run.progress} onStop={run.stop} onAgain={start} onClose={onClose} />
      ) : (
        <>
          {about === "" ? null : <p>{about}</p>}
          <InputFields
            on={{ verb, type, kindId: kind.id }}
            target={first}
            input={input}
            onChange={setInput}
            disabled={false}
          />
          {body === null ? null : (
            <PreviewPart
              results={results}
              count={targets.length}
              waiting={preview.waiting || settled !== input}
              error={preview.error}
              orphans={orphans}
            />
          )}
          <CommandBox lines={(results ?? []).map(({ command }) => command)} />
          <Confirm
            verb={verb}
            kind={kind}
            targets={able.map(({ target }) => target)}
            disabled={able.length === 0 || preview.waiting || settled !== input}
            onCancel={onClose}
            onConfirm={() => start(able)}
          />
        </>
      )}
    </div>
  );
}

/** A prune that finds nothing has nothing to be confirmed. */
function isWorthDoing({ outcome, clearing, target }: ActionResult): boolean {
  return outcome === "ready" && !(target.kind === "engines" && clearing?.goes.length === 0);
}
