"use client";

import type { ReactNode } from "react";
import { useId } from "react";

import { Button } from "@/components/ui/button";
import { HealthMark } from "@/components/ui/health-mark";
import { Labelled } from "@/components/ui/labelled";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { WireError } from "@/lib/protocol/error";

const box = "w-full min-w-0 rounded-md border border-control bg-surface px-2.5";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  required?: boolean;
  disabled?: boolean;
  mono?: boolean;
  lines?: number;
  type?: "text" | "number" | "datetime-local";
  /** What the browser lets pass, as a regular expression over the whole text. */
  pattern?: string;
};

/** A labelled box for words, numbers or a moment. */
export function FormField({
  label,
  value,
  onChange,
  hint,
  required,
  disabled,
  mono,
  lines,
  type = "text",
  pattern,
}: Props) {
  const id = useId();
  const shared = {
    id,
    value,
    required,
    disabled,
    "aria-describedby": hint ? `${id}-hint` : undefined,
  };
  return (
    <Labelled id={id} label={label} hint={hint} className="min-w-0 flex-1">
      {lines === undefined ? (
        <input
          {...shared}
          type={type}
          pattern={pattern}
          title={pattern ? hint : undefined}
          className={`${box} h-8 ${mono ? "font-mono" : ""}`}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <textarea
          {...shared}
          rows={lines}
          className={`${box} py-1.5`}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  value: T;
  options: readonly (readonly [value: T, text: string])[];
  onChange: (value: T) => void;
};

export function FormChoice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const id = useId();
  return (
    <Labelled id={id} label={label} className="min-w-0 flex-1">
      <select
        id={id}
        value={value}
        className={`${box} h-8`}
        onChange={(event) => {
          const chosen = options.find(([each]) => each === event.target.value);
          if (chosen) onChange(chosen[0]);
        }}
      >
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** Fields beside each other where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-3 sm:flex-row">{children}</div>;
}

/** Why something was not saved. */
export function FormProblem({ error }: { error: WireError | null }) {
  const m = useRoomMessages();
  if (!error) return null;
  return (
    <div role="alert" className="flex items-baseline gap-2">
      <HealthMark level="failing" size={10} />
      <div>
        <p className="font-medium">{m.status.admin.failed}</p>
        <p>{m.errors[error.code]}</p>
        {error.detail ? <p className="font-mono whitespace-pre-line wrap-anywhere">{error.detail}</p> : null}
      </div>
    </div>
  );
}

type EndProps = { busy: boolean; error: WireError | null; submit: string };

/** The end of a form: why it was not saved, and the button that saves it. */
export function FormEnd({ busy, error, submit }: EndProps) {
  const m = useRoomMessages();
  return (
    <>
      <FormProblem error={error} />
      <Button type="submit" look="primary" aria-disabled={busy}>
        {busy ? m.status.admin.saving : submit}
      </Button>
    </>
  );
}
