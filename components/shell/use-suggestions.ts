import type { KeyboardEvent } from "react";
import { useMemo, useState } from "react";

import { useMessages } from "@/components/ui/messages";
import { useCompletion } from "@/lib/client/hooks/use-completion";
import { useView } from "@/lib/client/hooks/use-view";
import type { Kind } from "@/lib/kinds/kind";
import type { Completion } from "@/lib/query/complete";
import { applyCompletion, completionAt } from "@/lib/query/complete";

import { columnTitle } from "./sections";

export type Suggestion = {
  /** What is put in. */
  insert: string;
  /** What is shown: a key, or a value from the cluster. */
  text: string;
  /** What a key means. */
  note: string | null;
  /** Rows with this value, where it is known. */
  count: number | null;
};

export type Suggestions = {
  completion: Completion | null;
  items: readonly Suggestion[];
  active: number;
  /** Handles the keys that walk and take suggestions; tells whether it did. */
  press: (event: KeyboardEvent) => boolean;
  take: (item: Suggestion) => void;
};

const most = 50;

/** What could be typed at the caret. */
export function useSuggestions(
  kind: Kind,
  text: string,
  caret: number,
  open: boolean,
  put: (next: { text: string; caret: number }) => void,
): Suggestions {
  const m = useMessages();
  const view = useView();
  const completion = useMemo(() => (open ? completionAt(text, caret, kind) : null), [open, text, caret, kind]);
  const asked = completion?.type === "value" && isAskable(completion) ? completion : null;
  const { values } = useCompletion(asked && { kind: kind.id, in: view.in, column: asked.column, text: asked.text });

  const items = useMemo((): Suggestion[] => {
    if (!completion) return [];
    if (completion.type === "key") {
      return completion.keys.map(({ key, column, insert }) => ({
        insert,
        text: insert,
        note: key === column ? columnTitle(m, column) : column,
        count: null,
      }));
    }
    const counts = new Map(values);
    const known = completion.values.map((value) => ({
      insert: value,
      text: value,
      note: null,
      count: counts.get(value) ?? null,
    }));
    const rest = values.filter(([value]) => !completion.values.includes(value) && value !== "");
    return [...known, ...rest.map(([value, count]) => ({ insert: value, text: value, note: null, count }))].slice(
      0,
      most,
    );
  }, [completion, values, m]);

  // What is marked belongs to one list; another list begins with nothing marked.
  const listKey = completion ? `${completion.type} ${completion.span.start} ${completion.text}` : "";
  const [marked, setMarked] = useState({ list: "", at: -1 });
  const active = marked.list === listKey && marked.at < items.length ? marked.at : -1;

  function take(item: Suggestion): void {
    if (completion) put(applyCompletion(text, completion, item.insert));
  }

  function press(event: KeyboardEvent): boolean {
    const chosen = items[active] ?? (event.key === "Tab" && completion?.text ? items[0] : undefined);
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (open && step !== undefined && items.length > 0) {
      // -1 is the text itself: walking past either end comes back to it.
      setMarked({ list: listKey, at: ((active + 1 + step + items.length + 1) % (items.length + 1)) - 1 });
    } else if (open && chosen && (event.key === "Enter" || event.key === "Tab") && !event.shiftKey) {
      take(chosen);
    } else return false;
    event.preventDefault();
    return true;
  }

  return { completion, items, active, press, take };
}

/** Numbers and times have too many values for a list to help. */
function isAskable(completion: Extract<Completion, { type: "value" }>): boolean {
  return ["name", "text", "health", "labels", "list"].includes(completion.columnType);
}
