"use client";

import { useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { useMessages } from "@/components/ui/messages";
import type { Kind } from "@/lib/kinds/kind";
import type { ObjectVerb } from "@/lib/kinds/verbs";
import type { Ref } from "@/lib/protocol/ref";
import { visibleText } from "@/lib/shared/visible-text";

type Props = {
  verb: ObjectVerb;
  kind: Kind;
  /** Those that it would be done to. */
  targets: readonly Ref[];
  disabled: boolean;
  onCancel: () => void;
  onConfirm: () => void;
};

/** Deleting as many as this, or a whole namespace, is confirmed by typing. */
const many = 5;
const dangers: ReadonlySet<ObjectVerb> = new Set(["delete", "prune", "kill"]);

/** The last question. What takes much along is not one click away. */
export function Confirm({ verb, kind, targets, disabled, onCancel, onConfirm }: Props) {
  const m = useMessages();
  const id = useId();
  const [typed, setTyped] = useState("");
  const count = targets.length;
  const name = targets[0]?.path.split("/").at(-1) ?? "";
  const grave = verb === "delete" && (count >= many || (kind.id === "namespaces" && count > 0));
  const wanted = !grave ? null : count === 1 ? name : String(count);
  const label =
    wanted === null
      ? ""
      : count === 1
        ? m.actions.typeName({ name: visibleText(name) })
        : m.actions.typeCount({ count: wanted });
  const blocked = disabled || (wanted !== null && typed.trim() !== wanted);
  return (
    <form
      className="sticky bottom-0 -mx-4 -mb-4 flex flex-wrap items-end justify-end gap-2 border-t border-line bg-surface px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked) onConfirm();
      }}
    >
      {wanted === null ? null : (
        <div className="mr-auto">
          <label htmlFor={id} className="block text-sm">
            {label}
          </label>
          <input
            id={id}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
            className="mt-1 h-8 w-56 rounded-md border border-control bg-surface px-2 font-mono"
          />
        </div>
      )}
      <Button onClick={onCancel}>{m.actions.cancel}</Button>
      <Button type="submit" look={dangers.has(verb) ? "danger" : "primary"} disabled={blocked}>
        {m.actions.confirm({ verb: m.actions.verbs[verb], count: Math.max(count, 1) })}
      </Button>
    </form>
  );
}
