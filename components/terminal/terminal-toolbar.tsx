"use client";

import type { RefObject } from "react";
import { useState } from "react";

import { Button, IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { useMessages } from "@/components/ui/messages";

type Props = {
  leaveId: string;
  search: RefObject<HTMLInputElement | null>;
  running: boolean;
  readingOut: boolean;
  onReadingOut: (on: boolean) => void;
  /** False when the text is nowhere. */
  onFind: (text: string, way: "next" | "previous") => boolean;
  onBack: () => void;
  onCopy: () => void;
  onPaste: () => void;
  onEnd: () => void;
};

/** What one does to a terminal besides typing. The first thing in it is where one lands who leaves the screen by its key. */
export function TerminalToolbar(props: Props) {
  const m = useMessages();
  const { running, readingOut, onReadingOut, onCopy, onPaste, onEnd } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 px-3 py-2">
      <Button id={props.leaveId} size="sm" disabled={!running} onClick={onEnd}>
        {m.terminal.end}
      </Button>
      <Find {...props} />
      <span className="text-sm text-muted max-lg:hidden" aria-hidden="true">
        <Kbd>Ctrl Shift L</Kbd> {m.terminal.leave}
      </span>
      <div className="flex items-center sm:ml-auto">
        <IconButton
          label={`${m.terminal.screenReader}\n${m.terminal.screenReaderAbout}`}
          aria-pressed={readingOut}
          onClick={() => onReadingOut(!readingOut)}
          className="aria-pressed:bg-accent-soft aria-pressed:text-accent"
        >
          <Icon name="speak" />
        </IconButton>
        <IconButton label={`${m.terminal.copy} (Ctrl+Shift+C)`} onClick={onCopy}>
          <Icon name="copy" />
        </IconButton>
        <Button size="sm" look="quiet" disabled={!running} title="Ctrl+Shift+V" onClick={onPaste}>
          {m.terminal.paste}
        </Button>
      </div>
    </div>
  );
}

function Find({ search, onFind, onBack }: Pick<Props, "search" | "onFind" | "onBack">) {
  const m = useMessages();
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const find = (way: "next" | "previous") => setMissing(text !== "" && !onFind(text, way));
  return (
    <div className="flex h-7 max-w-80 min-w-40 flex-1 items-center rounded-md border border-control bg-surface has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-(--focus)">
      <Icon name="search" size={14} className="ml-2 shrink-0 text-faint" />
      <input
        ref={search}
        type="search"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setMissing(false);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) find(event.shiftKey ? "next" : "previous");
          else if (event.key === "Escape") onBack();
          else return;
          event.preventDefault();
        }}
        placeholder={m.terminal.find}
        aria-label={m.terminal.find}
        title="Ctrl+Shift+F"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        className="h-full min-w-0 flex-1 bg-transparent px-2 font-mono outline-none [&::-webkit-search-cancel-button]:appearance-none"
      />
      <span role="status" className="text-sm whitespace-nowrap text-failing">
        {missing ? m.terminal.notFound : ""}
      </span>
      {(["previous", "next"] as const).map((way) => (
        <button
          key={way}
          type="button"
          aria-label={m.terminal[way]}
          title={m.terminal[way]}
          disabled={text === ""}
          onClick={() => find(way)}
          className="grid h-full w-7 place-items-center text-muted hover:text-text disabled:opacity-40"
        >
          <Icon name={way === "previous" ? "chevron-up" : "chevron-down"} size={14} />
        </button>
      ))}
    </div>
  );
}
