"use client";

import dynamic from "next/dynamic";
import { useState } from "react";

import { useFrame } from "@/components/shell/frame-context";
import { Button } from "@/components/ui/button";
import { useMessages } from "@/components/ui/messages";
import { Notice } from "@/components/ui/notice";
import { useView } from "@/lib/client/hooks/use-view";

import { ApplyReview } from "./apply-review";
import { FileDrop } from "./file-drop";

const YamlEditor = dynamic(async () => (await import("./yaml-editor")).YamlEditor, { ssr: false });

const field = "h-8 rounded-md border border-control bg-surface px-2";

/** New objects, or what is to become of those there are, as YAML: pasted, dropped or written. */
export function ApplyPage() {
  const m = useMessages();
  const view = useView();
  const { sources } = useFrame();
  const [chosen, setChosen] = useState<string | null>(null);
  const [namespace, setNamespace] = useState("");
  const [text, setText] = useState("");
  const [reviewing, setReviewing] = useState(false);
  const source = chosen ?? view.in[0] ?? sources[0]?.source;
  const words = m.actions.apply;

  if (source === undefined) {
    return <Notice page level="unknown" title={words.noSource} />;
  }
  return (
    <div className="mx-auto flex h-full min-h-[36rem] max-w-[90rem] flex-col gap-3 px-4 pt-3 pb-4 max-sm:px-3">
      <header>
        <h1 className="text-xl font-semibold">{words.title}</h1>
        <p className="text-muted">{words.about}</p>
      </header>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <label className="flex items-center gap-2">
          {words.source}
          <select
            value={source}
            disabled={reviewing}
            onChange={(event) => setChosen(event.target.value)}
            className={`${field} max-w-60`}
          >
            {sources.map(({ source: slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label className="flex flex-wrap items-center gap-2">
          {words.namespace}
          <input
            value={namespace}
            disabled={reviewing}
            onChange={(event) => setNamespace(event.target.value.trim())}
            placeholder={words.namespaceHint}
            maxLength={63}
            autoComplete="off"
            spellCheck={false}
            className={`${field} w-56 font-mono`}
          />
        </label>
      </div>
      {reviewing ? (
        <ApplyReview source={source} namespace={namespace} yaml={text} onBack={() => setReviewing(false)} />
      ) : (
        <>
          <FileDrop onText={(more) => setText((before) => joined(before, more))}>
            <YamlEditor text={text} onChange={setText} source={source} label={words.title} />
          </FileDrop>
          <div className="flex items-center justify-end gap-3">
            {text.trim() === "" ? <p className="text-sm text-muted">{words.nothing}</p> : null}
            <Button look="primary" disabled={text.trim() === ""} onClick={() => setReviewing(true)}>
              {words.review}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

/** One text after the other, as documents of one. */
function joined(before: string, more: string): string {
  if (before.trim() === "") return more;
  return `${before.replace(/\s*$/, "\n")}---\n${more.replace(/^---\n/, "")}`;
}
