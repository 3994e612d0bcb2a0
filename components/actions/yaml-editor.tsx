"use client";

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from "@codemirror/language";
import { linter, lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, StateEffect } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { useEffect, useRef } from "react";

import { useMessages } from "@/components/ui/messages";
import { SchemaShelf } from "@/lib/client/schema/schema-shelf";

import { completionsAt, explanationAt, findingsIn } from "./editor-help";
import { editorTheme } from "./editor-theme";

type Props = {
  /** The text to begin with; another one replaces what is there. */
  text: string;
  onChange: (text: string) => void;
  /** Whose schemas complete and explain it. */
  source: string;
  label: string;
};

/** Another schema is there: what was fine without it may be none of its fields. */
const schemaCame = StateEffect.define();

/** Findings follow the typing after this time, in ms. */
const delay = 400;

/** YAML to write, with what the cluster knows of its kinds. */
export function YamlEditor({ text, onChange, source, label }: Props) {
  const words = useMessages().actions.edit;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ text, onChange });

  useEffect(() => {
    latest.current.onChange = onChange;
  });

  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    const shelf = new SchemaShelf(source, () => view.current?.dispatch({ effects: schemaCame.of(null) }));
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          EditorView.cspNonce.of(nonceOfPage()),
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          drawSelection(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          bracketMatching(),
          search({ top: true }),
          indentUnit.of("  "),
          yaml(),
          editorTheme,
          EditorState.phrases.of(words.phrases),
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
          autocompletion({ override: [(context) => completionsAt(context, shelf, words)] }),
          hoverTooltip((editorView, position) => explanationAt(editorView.state, position, shelf)),
          linter(({ state }) => findingsIn(state.doc.toString(), shelf, words), {
            delay,
            needsRefresh: ({ transactions }) =>
              transactions.some(({ effects }) => effects.some((effect) => effect.is(schemaCame))),
          }),
          // Escape, then Tab leaves the editor.
          keymap.of([
            ...completionKeymap,
            ...searchKeymap,
            ...historyKeymap,
            ...foldKeymap,
            ...lintKeymap,
            ...defaultKeymap,
            indentWithTab,
          ]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            latest.current.text = update.state.doc.toString();
            latest.current.onChange(latest.current.text);
          }),
        ],
      }),
    });
    view.current = editor;
    editor.focus();
    return () => {
      shelf.close();
      editor.destroy();
      view.current = null;
    };
  }, [source, label, words]);

  useEffect(() => {
    if (text === latest.current.text) return;
    latest.current.text = text;
    const editor = view.current;
    editor?.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  return <div ref={box} className="h-full min-h-0" />;
}

/** The nonce by which this page's policy lets styles in. */
function nonceOfPage(): string {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}
