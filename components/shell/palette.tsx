"use client";

import { useRouter } from "next/navigation";
import type { KeyboardEvent } from "react";
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from "react";

import { ClusterText } from "@/components/ui/cluster-text";
import { Dialog } from "@/components/ui/dialog";
import type { IconName } from "@/components/ui/icon";
import { Icon, kindIcon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { useCompletion } from "@/lib/client/hooks/use-completion";
import { changeView, useView } from "@/lib/client/hooks/use-view";
import { printView } from "@/lib/client/store/view-address";
import { kindList, kindOf } from "@/lib/kinds/index";
import { withValues } from "@/lib/query/edit";

import { useFrame, usePlace } from "./frame-context";
import { listHref } from "./rail";
import { kindsIn, railGroups } from "./sections";

type Choice = { id: string; group: string; icon: IconName; text: string; go: () => void };

/** Goes to a page, a namespace or a source by a few letters of its name. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const m = useMessages();
  return (
    <Dialog title={m.shell.palette} open={open} onClose={onClose} bare>
      <PaletteList close={onClose} />
    </Dialog>
  );
}

function PaletteList({ close }: { close: () => void }) {
  const m = useMessages();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [marked, setMarked] = useState(0);
  const choices = useChoices(text);
  const active = Math.min(marked, choices.length - 1);

  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);

  function take(choice: Choice | undefined): void {
    if (!choice) return;
    close();
    choice.go();
  }

  function press(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setMarked(Math.min(active + 1, choices.length - 1));
    else if (event.key === "ArrowUp") setMarked(Math.max(active - 1, 0));
    else if (event.key === "Enter") take(choices[active]);
    else return;
    event.preventDefault();
  }

  return (
    <div className="flex max-h-[60vh] flex-col">
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Icon name="search" className="text-faint" />
        <input
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setMarked(0);
          }}
          onKeyDown={press}
          role="combobox"
          aria-label={m.shell.palette}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={choices[active] ? `${id}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={m.shell.paletteHint}
          className="h-11 min-w-0 flex-1 bg-transparent text-lg outline-none"
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={m.shell.palette}
        className="min-h-0 overflow-y-auto py-1.5"
      >
        {choices.map((choice, index) => (
          <div key={choice.id} role="presentation">
            {choice.group === choices[index - 1]?.group ? null : (
              <div role="presentation" className="px-3.5 pt-2 pb-1 text-xs text-muted">
                {choice.group}
              </div>
            )}
            <div
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              onClick={() => take(choice)}
              onPointerMove={() => setMarked(index)}
              className="flex cursor-pointer items-center gap-2.5 px-3.5 py-1.5 aria-selected:bg-accent-soft"
            >
              <Icon name={choice.icon} className="shrink-0 text-muted" />
              <ClusterText text={choice.text} className="truncate" />
            </div>
          </div>
        ))}
      </div>
      {choices.length === 0 ? <p className="px-3.5 pb-4 text-muted">{m.shell.paletteEmpty}</p> : null}
    </div>
  );
}

/** At most so many namespaces: more letters find the others. */
const mostNamespaces = 12;

function useChoices(text: string): Choice[] {
  const m = useMessages();
  const router = useRouter();
  const view = useView();
  const place = usePlace();
  const { sources } = useFrame();
  const looked = useDeferredValue(text.trim());
  const { values } = useCompletion({ kind: "namespaces", in: view.in, column: "name", text: looked });

  return useMemo(() => {
    const wanted = text.trim().toLowerCase();
    const pages: Choice[] = [
      {
        id: "overview",
        group: m.shell.palettePages,
        icon: "overview",
        text: m.shell.overview,
        go: () => router.push(`/${printView({ in: view.in })}`),
      },
      ...railGroups(kindsIn(kindList, sources), m)
        .flatMap((group) => group.entries)
        .map(({ kind, title }): Choice => {
          return {
            id: `kind ${kind.id}`,
            group: m.shell.palettePages,
            icon: kindIcon(kind.id),
            text: title,
            go: () => router.push(listHref(kind, view)),
          };
        }),
    ];
    const apply: Choice = {
      id: "apply",
      group: m.shell.palettePages,
      icon: "plus",
      text: m.actions.apply.title,
      go: () => router.push(`/apply${printView({ in: view.in })}`),
    };
    const list = place.page === "list" && place.kind?.namespaced ? place.kind : null;
    const namespaces = values.slice(0, mostNamespaces).map(([name]): Choice => {
      const go = (): void => {
        if (list) changeView({ q: withValues(view.q, "ns", [name], list) });
        else router.push(`/pods${printView({ in: view.in, q: withValues("", "ns", [name], kindOf("pods")) })}`);
      };
      return { id: `namespace ${name}`, group: m.shell.paletteNamespaces, icon: "namespaces", text: name, go };
    });
    const clusters = sources.map((source): Choice => {
      return {
        id: `source ${source.source}`,
        group: m.shell.paletteSources,
        icon: "nodes",
        text: source.title,
        go: () => changeView({ in: [source.source] }),
      };
    });
    return [...pages, apply, ...namespaces, ...clusters].filter(
      (choice) => choice.text.toLowerCase().includes(wanted) || choice.id.toLowerCase().includes(wanted),
    );
  }, [text, m, router, view, place, sources, values]);
}
