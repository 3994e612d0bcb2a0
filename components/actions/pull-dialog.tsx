"use client";

import { useDeferredValue, useMemo, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Labelled } from "@/components/ui/labelled";
import { useMessages } from "@/components/ui/messages";
import { askAction } from "@/lib/client/actions/ask-actions";
import { usePreview } from "@/lib/client/hooks/use-preview";
import { usePulls } from "@/lib/client/hooks/use-pulls";
import type { WireError } from "@/lib/protocol/error";
import type { Ref } from "@/lib/protocol/ref";
import { parseImageReference } from "@/lib/shared/image-reference";
import { visibleText } from "@/lib/shared/visible-text";

import { CommandBox } from "./command-box";
import { ErrorWords } from "./error-words";
import { PullItem } from "./pull-item";

/** Asks which image an engine is to pull, and shows how it goes; it goes on when the dialog is closed. */
export function PullDialog({ target, onClose }: { target: Ref; onClose: () => void }) {
  const m = useMessages();
  const words = m.engineActions;
  const [image, setImage] = useState("");
  const [job, setJob] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const { pulls, stop, again } = usePulls(target.source);
  const settled = useDeferredValue(image.trim());
  const known = parseImageReference(settled) !== null;
  const body = useMemo(
    () => (known && job === null ? { objects: [target], image: settled } : null),
    [known, job, settled, target],
  );
  const preview = usePreview("pull", body);
  const [result] = body ? (preview.results ?? []) : [];
  const running = pulls.find(({ id }) => id === job);

  const start = (): void => {
    setBusy(true);
    setError(null);
    void askAction("pull", { objects: [target], image: image.trim(), wait: false }, false).then((asked) => {
      const [done] = asked.value?.results ?? [];
      setBusy(false);
      setError(asked.error ?? done?.error ?? null);
      setJob(done?.job ?? null);
      again();
    });
  };

  return (
    <Dialog title={m.actions.titles.pull({ what: visibleText(target.path) })} open onClose={onClose} wide>
      <form
        className="flex flex-col gap-3.5 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (known && !busy && job === null) start();
        }}
      >
        {job === null ? (
          <>
            <p>{m.actions.about.pull}</p>
            <Labelled id="pull-image" label={words.image} hint={words.imageHint}>
              <input
                id="pull-image"
                autoFocus
                value={image}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={600}
                aria-describedby="pull-image-hint"
                onChange={({ target: { value } }) => setImage(value)}
                className="h-8 w-full rounded-md border border-control bg-surface px-2 font-mono"
              />
            </Labelled>
            {result?.change === "changed" ? <p>{words.pullIsThere}</p> : null}
            {result?.error ? <ErrorWords error={result.error} /> : null}
            {error ? <ErrorWords error={error} /> : null}
            <CommandBox lines={result ? [result.command] : []} />
          </>
        ) : running ? (
          <PullItem job={running} onStop={() => stop(running.id)} />
        ) : (
          <p className="text-muted">{words.pullAsking}</p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{job === null ? m.actions.cancel : m.actions.close}</Button>
          {job === null ? (
            <Button type="submit" look="primary" disabled={!known || busy}>
              {words.pullStart}
            </Button>
          ) : null}
        </div>
      </form>
    </Dialog>
  );
}
