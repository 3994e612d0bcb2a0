"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useId } from "react";

import { Button, buttonClass } from "@/components/ui/button";
import { useMessages } from "@/components/ui/messages";
import type { AuditOutcome } from "@/lib/protocol/audit";

import type { Asked } from "./asked";

/** What occurs in the log, to choose from. */
export type AuditWords = { verbs: readonly string[]; sources: readonly string[]; kinds: readonly string[] };

const outcomes: readonly AuditOutcome[] = ["done", "failed", "refused", "intent"];

const control = "h-8 w-full min-w-0 rounded-md border border-control bg-surface px-2 text-text";

/** A form of its own, so that it works without script and the address says what is shown. */
export function AuditFilters({ asked, words }: { asked: Asked; words: AuditWords }) {
  const m = useMessages().audit;
  return (
    <form
      // The fields start from the address: another one is another form.
      key={JSON.stringify(asked)}
      action="/audit"
      aria-label={m.filters}
      className="no-print grid grid-cols-2 items-end gap-2 rounded-lg border border-line bg-surface p-3 md:grid-cols-5"
    >
      <TextField name="person" label={m.person} hint={m.personHint} asked={asked} />
      <Choice name="verb" label={m.verb} values={words.verbs} asked={asked} />
      <Choice name="source" label={m.source} values={words.sources} asked={asked} />
      <Choice name="kind" label={m.kind} values={words.kinds} asked={asked} />
      <TextField name="path" label={m.path} hint={m.pathHint} asked={asked} />
      <Choice name="outcome" label={m.outcome} values={outcomes} asked={asked} titles={m.outcomes} />
      <TextField name="from" label={m.from} asked={asked} type="datetime-local" />
      <TextField name="to" label={m.to} asked={asked} type="datetime-local" />
      <TextField name="q" label={m.text} hint={m.textHint} asked={asked} />
      <div className="flex gap-2">
        <Button type="submit" look="primary">
          {m.apply}
        </Button>
        <Link href="/audit" prefetch={false} className={buttonClass()}>
          {m.clear}
        </Link>
      </div>
    </form>
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-0.5 block text-sm text-muted">
        {label}
      </label>
      {children(id)}
    </div>
  );
}

type FieldProps = { name: keyof Asked; label: string; asked: Asked };

function TextField({ name, label, hint, asked, type = "text" }: FieldProps & { hint?: string; type?: string }) {
  const value = asked[name] ?? "";
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          name={name}
          type={type}
          // A day alone is a moment to scripts; the field wants the hour too.
          defaultValue={type === "text" ? value : value.length === 10 ? `${value}T00:00` : value.replace(/Z$/, "")}
          placeholder={hint}
          autoComplete="off"
          spellCheck={false}
          className={control}
        />
      )}
    </Labelled>
  );
}

type ChoiceProps = FieldProps & { values: readonly string[]; titles?: Readonly<Record<string, string>> };

function Choice({ name, label, values, asked, titles = {} }: ChoiceProps) {
  const m = useMessages().audit;
  const chosen = asked[name] ?? "";
  const known = chosen === "" || values.includes(chosen) ? values : [chosen, ...values];
  return (
    <Labelled label={label}>
      {(id) => (
        <select id={id} name={name} defaultValue={chosen} className={control}>
          <option value="">{m.any}</option>
          {known.map((value) => (
            <option key={value} value={value}>
              {titles[value] ?? value}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
