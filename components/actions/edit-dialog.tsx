"use client";

import dynamic from "next/dynamic";
import { useState } from "react";

import { useMessages } from "@/components/ui/messages";
import { useObjectText } from "@/lib/client/hooks/use-object-text";
import type { Ref } from "@/lib/protocol/ref";
import { visibleText } from "@/lib/shared/visible-text";

import { EditReview } from "./edit-review";
import { EditorDialog } from "./editor-dialog";
import { ErrorWords } from "./error-words";
import { Button } from "../ui/button";

const YamlEditor = dynamic(async () => (await import("./yaml-editor")).YamlEditor, { ssr: false });

/** Edits one object as YAML: the text, then how it would end, then what happened. */
export function EditDialog({ target, onClose }: { target: Ref; onClose: () => void }) {
  const m = useMessages();
  const { text, error } = useObjectText(target);
  const name = visibleText(target.path.split("/").at(-1) ?? "");
  return (
    <EditorDialog title={m.actions.titles.edit({ what: name })} onClose={onClose}>
      {error ? (
        <div className="p-4">
          <ErrorWords error={error} />
        </div>
      ) : text === null ? (
        <p role="status" className="p-4 text-muted">
          {m.actions.edit.reading}
        </p>
      ) : (
        <Editing target={target} first={text} onClose={onClose} />
      )}
    </EditorDialog>
  );
}

function Editing({ target, first, onClose }: { target: Ref; first: string; onClose: () => void }) {
  const m = useMessages();
  /** What was read, and what was made of it. */
  const [texts, setTexts] = useState({ base: first, mine: first });
  const [reviewing, setReviewing] = useState(false);
  if (reviewing) {
    return (
      <EditReview
        target={target}
        base={texts.base}
        yaml={texts.mine}
        onBack={(next) => {
          if (next) setTexts(next);
          setReviewing(false);
        }}
        onClose={onClose}
      />
    );
  }
  const same = texts.mine === texts.base;
  return (
    <>
      <div className="min-h-0 flex-1">
        <YamlEditor
          text={texts.mine}
          onChange={(mine) => setTexts(({ base }) => ({ base, mine }))}
          source={target.source}
          label={m.actions.edit.editor}
        />
      </div>
      <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-2.5">
        <p className="mr-auto text-sm text-muted">{same ? m.actions.edit.nothing : m.actions.edit.schema}</p>
        <Button onClick={onClose}>{m.actions.cancel}</Button>
        <Button look="primary" disabled={same} onClick={() => setReviewing(true)}>
          {m.actions.edit.review}
        </Button>
      </footer>
    </>
  );
}
