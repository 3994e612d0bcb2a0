"use client";

import type { ReactNode } from "react";
import { useDeferredValue, useMemo, useRef, useState } from "react";

import { Button, IconButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { useLocale, useMessages } from "@/components/ui/messages";
import { saveText } from "@/lib/client/save-text";
import { blockLines } from "@/lib/client/yaml/yaml-tokens";

import { mostLines, YamlLines, yamlRowHeight } from "./yaml-lines";

type Props = {
  lines: readonly string[];
  /** The name of the file that a download makes. */
  name: string;
  /** Stands among the controls. */
  children?: ReactNode;
};

/** YAML to read, search, copy and keep; it may have any size. */
export function YamlView({ lines, name, children }: Props) {
  const m = useMessages();
  const locale = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const inside = useMemo(() => blockLines(lines), [lines]);
  const text = useMemo(() => `${lines.join("\n")}\n`, [lines]);
  const [find, setFind] = useState("");
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(find);
  const found = useMemo(() => linesWith(lines, wanted), [lines, wanted]);
  const place = found.length === 0 ? 0 : at % found.length;

  const go = (next: number): void => {
    if (found.length === 0) return;
    const to = (next + found.length) % found.length;
    setAt(to);
    reveal(box.current, found[to] ?? 0);
  };

  return (
    <div>
      <div className="flex flex-wrap items-center gap-2 px-3 py-2">
        <div className="flex h-8 min-w-40 flex-1 items-center rounded-md border border-control bg-surface has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-(--focus) sm:max-w-80">
          <Icon name="search" size={14} className="ml-2 shrink-0 text-faint" />
          <input
            type="search"
            value={find}
            onChange={(event) => {
              setFind(event.target.value);
              setAt(0);
              const first = linesWith(lines, event.target.value)[0];
              if (first !== undefined) reveal(box.current, first);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter") go(place + (event.shiftKey ? -1 : 1));
            }}
            placeholder={m.detail.yaml.find}
            aria-label={m.detail.yaml.find}
            autoComplete="off"
            spellCheck={false}
            className="h-full min-w-0 flex-1 bg-transparent px-2 font-mono outline-none [&::-webkit-search-cancel-button]:appearance-none"
          />
          {wanted === "" ? null : (
            <span role="status" className="shrink-0 pr-2 text-sm text-muted">
              {found.length === 0
                ? m.detail.yaml.notFound
                : m.detail.yaml.found({
                    at: (place + 1).toLocaleString(locale),
                    of: found.length.toLocaleString(locale),
                  })}
            </span>
          )}
        </div>
        <IconButton label={m.detail.yaml.previous} disabled={found.length === 0} onClick={() => go(place - 1)}>
          <Icon name="chevron-up" />
        </IconButton>
        <IconButton label={m.detail.yaml.next} disabled={found.length === 0} onClick={() => go(place + 1)}>
          <Icon name="chevron-down" />
        </IconButton>
        {children}
        <span className="ml-auto text-sm text-muted">
          {m.detail.yaml.lines({ count: lines.length, shown: lines.length.toLocaleString(locale) })}
        </span>
        <CopyButton text={text} label={m.detail.yaml.copy} />
        <Button size="sm" onClick={() => saveText([text], name, "application/yaml")}>
          <Icon name="download" size={14} />
          {m.detail.yaml.download}
        </Button>
      </div>
      <div className="border-t border-line">
        <YamlLines
          box={box}
          lines={lines}
          inside={inside}
          here={wanted === "" ? null : (found[place] ?? null)}
          label={m.detail.yaml.title}
        />
      </div>
      {lines.length > mostLines ? (
        <p className="border-t border-line px-3 py-2 text-muted">
          {m.detail.yaml.tooMany({ shown: (lines.length - mostLines).toLocaleString(locale) })}
        </p>
      ) : null}
    </div>
  );
}

function linesWith(lines: readonly string[], find: string): number[] {
  if (find === "") return [];
  const wanted = find.toLowerCase();
  const found: number[] = [];
  for (let index = 0; index < lines.length; index++)
    if (lines[index]?.toLowerCase().includes(wanted)) found.push(index);
  return found;
}

function reveal(box: HTMLElement | null, line: number): void {
  if (!box) return;
  const top = line * yamlRowHeight;
  if (top < box.scrollTop || top > box.scrollTop + box.clientHeight - 2 * yamlRowHeight) {
    box.scrollTop = Math.max(0, top - box.clientHeight / 3);
  }
}
