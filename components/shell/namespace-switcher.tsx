"use client";

import { useDeferredValue, useState } from "react";

import { ClusterText } from "@/components/ui/cluster-text";
import { Icon } from "@/components/ui/icon";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Popover, useClosePopover } from "@/components/ui/popover";
import { useCompletion } from "@/lib/client/hooks/use-completion";
import { changeView, useView } from "@/lib/client/hooks/use-view";
import type { Kind } from "@/lib/kinds/kind";
import { toggleValue, valuesOf, withValues } from "@/lib/query/edit";

/** Edits the `ns:` term of the filter, so that the address and the query box say the same. */
export function NamespaceSwitcher({ kind }: { kind: Kind }) {
  const m = useMessages();
  const view = useView();
  const chosen = valuesOf(view.q, "ns", kind);
  const [only] = chosen;
  const words =
    chosen.length === 0
      ? m.shell.allNamespaces
      : chosen.length === 1 && only !== undefined
        ? only
        : m.shell.someNamespaces({ count: chosen.length });
  return (
    <Popover
      className="max-w-48 min-w-0"
      button={
        <>
          <span className="sr-only">{m.shell.namespaces}: </span>
          <ClusterText text={words} className="min-w-0 truncate" />
          <Icon name="chevron-down" size={12} className="shrink-0 text-faint" />
        </>
      }
    >
      <NamespaceList kind={kind} chosen={chosen} />
    </Popover>
  );
}

function NamespaceList({ kind, chosen }: { kind: Kind; chosen: readonly string[] }) {
  const m = useMessages();
  const close = useClosePopover();
  const locale = useLocale();
  const view = useView();
  const [text, setText] = useState("");
  const looked = useDeferredValue(text);
  const { values, waiting } = useCompletion({ kind: kind.id, in: view.in, column: "namespace", text: looked });
  const found = new Map(values);
  const listed = text === "" ? [...chosen.filter((name) => !found.has(name)), ...found.keys()] : [...found.keys()];

  return (
    <div className="flex max-h-[inherit] w-72 max-w-full flex-col">
      <input
        autoFocus
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          const [best] = listed;
          if (event.key !== "Enter" || best === undefined) return;
          changeView({ q: withValues(view.q, "ns", [best], kind) });
          close();
        }}
        placeholder={m.shell.findNamespace}
        aria-label={m.shell.findNamespace}
        className="m-2 h-8 rounded-md border border-control bg-surface px-2.5 font-mono"
      />
      <fieldset className="min-h-16 flex-1 overflow-y-auto pb-1.5">
        <legend className="sr-only">{m.shell.namespaces}</legend>
        {listed.length === 0 && !waiting ? <p className="px-3.5 py-1 text-muted">{m.shell.noNamespaceFound}</p> : null}
        {listed.map((name) => (
          <label key={name} className="flex cursor-pointer items-center gap-2.5 px-3.5 py-1.5 hover:bg-hover">
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={() => changeView({ q: toggleValue(view.q, "ns", name, kind) })}
            />
            <ClusterText text={name} mono className="min-w-0 flex-1 truncate" />
            <span className="font-mono text-xs text-faint">{found.get(name)?.toLocaleString(locale)}</span>
          </label>
        ))}
      </fieldset>
      {chosen.length > 0 ? (
        <button
          type="button"
          onClick={() => {
            changeView({ q: withValues(view.q, "ns", [], kind) });
            close();
          }}
          className="border-t border-line px-3.5 py-2 text-left text-accent hover:underline"
        >
          {m.shell.allNamespaces}
        </button>
      ) : null}
    </div>
  );
}
