"use client";

import Link from "next/link";
import { useDeferredValue, useMemo, useState } from "react";

import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useMessages } from "@/components/ui/messages";
import { askAction } from "@/lib/client/actions/ask-actions";
import { emptyRunForm, runSpecOf } from "@/lib/client/actions/run-form";
import { usePreview } from "@/lib/client/hooks/use-preview";
import { engineIn, shortId, tagsIn } from "@/lib/kinds/engine-object";
import { asObject } from "@/lib/kinds/read-object";
import type { ActionResult } from "@/lib/protocol/action-answer";
import type { WireError } from "@/lib/protocol/error";
import type { KubeObject } from "@/lib/protocol/object";
import type { Ref } from "@/lib/protocol/ref";
import { hrefOf } from "@/lib/protocol/ref";
import { dockerRun } from "@/lib/shared/docker-run";
import { shellCommand } from "@/lib/shared/shell-quote";
import { visibleText } from "@/lib/shared/visible-text";

import { CommandBox } from "./command-box";
import { ErrorWords } from "./error-words";
import { RunFields } from "./run-fields";

type Props = { target: Ref & { uid?: string }; object: KubeObject; onClose: () => void };

/** A container from an image: a form, and beside it the command that does the same. */
export function RunDialog({ target, object, onClose }: Props) {
  const m = useMessages();
  const words = m.engineActions.run;
  const image = tagsIn(engineIn(asObject(object)))[0] ?? shortId(target.path) ?? "";
  const [form, setForm] = useState(emptyRunForm);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<ActionResult | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const settled = useDeferredValue(form);
  const { spec, wrong } = useMemo(() => runSpecOf(settled), [settled]);
  const body = useMemo(() => spec && { objects: [target], ...spec, keep: settled.keep }, [spec, settled.keep, target]);
  const preview = usePreview("run", done ? null : body);
  const [result] = preview.results ?? [];
  const problem = error ?? preview.error ?? result?.error ?? null;
  const ready = body !== null && !busy && !preview.waiting && settled === form && result?.outcome === "ready";
  const line = spec ? shellCommand(["docker", ...dockerRun(image, spec)]) : "";

  const start = (): void => {
    setBusy(true);
    setError(null);
    void askAction("run", body ?? {}, false).then((asked) => {
      const [ended] = asked.value?.results ?? [];
      setBusy(false);
      if (ended?.outcome === "done") return setDone(ended);
      setError(asked.error ?? ended?.error ?? { code: "internal" });
      preview.again();
    });
  };

  return (
    <Dialog title={m.actions.titles.run({ what: visibleText(image) })} open onClose={onClose} wide>
      <form
        className="flex flex-col gap-3.5 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !done) start();
        }}
      >
        {done ? (
          <p role="status" className="font-medium">
            {words.made}
          </p>
        ) : (
          <RunFields
            source={target.source}
            form={form}
            onChange={(next) => {
              setError(null);
              setForm(next);
            }}
            disabled={busy}
          />
        )}
        {wrong ? (
          <p role="alert" className="text-failing">
            {wrong.part === "env" ? words.wrong.env({ text: visibleText(wrong.text) }) : words.wrong[wrong.part]}
          </p>
        ) : null}
        {problem && !done ? <ErrorWords error={problem} /> : null}
        <div className="sticky bottom-0 -mx-4 -mb-4 space-y-2 border-t border-line bg-surface px-4 py-3">
          <CommandBox lines={[done?.command || (preview.waiting ? line : result?.command || line)]} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{done ? m.actions.close : m.actions.cancel}</Button>
            {done?.made ? (
              <Link href={hrefOf(done.made)} prefetch={false} className={buttonClass("primary")}>
                {words.open({ name: visibleText(done.made.path) })}
              </Link>
            ) : done ? null : (
              <Button type="submit" look="primary" disabled={!ready}>
                {words.start}
              </Button>
            )}
          </div>
        </div>
      </form>
    </Dialog>
  );
}
