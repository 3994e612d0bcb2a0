"use client";

import type { ReactNode } from "react";

import { useMessages } from "@/components/ui/messages";
import type { PruneKind } from "@/lib/protocol/action";

import type { ActedOn, ActionInput } from "./action-input";
import { hasAll } from "./action-input";

type Props = { on: ActedOn; input: ActionInput; onChange: (input: ActionInput) => void; disabled: boolean };

const box = "h-8 rounded-md border border-control bg-surface px-2";
const signals = ["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"];
const pruneKinds: readonly PruneKind[] = ["containers", "images", "volumes", "networks"];

/** What a verb asks for of objects of an engine. */
export function EngineInputFields({ on: { verb, kindId }, input, onChange, disabled }: Props) {
  const words = useMessages().engineActions;
  switch (verb) {
    case "stop":
    case "restart":
      return (
        <label className="flex items-center gap-2">
          {words.timeout}
          <input
            type="number"
            min={0}
            max={3_600}
            disabled={disabled}
            placeholder={words.timeoutUsual}
            value={input.timeout ?? ""}
            onChange={({ target }) =>
              onChange({
                ...input,
                timeout:
                  target.value === "" ? null : Math.min(3_600, Math.max(0, Math.floor(target.valueAsNumber) || 0)),
              })
            }
            className={`${box} w-48 font-mono`}
          />
        </label>
      );
    case "kill":
      return (
        <Choice
          label={words.signal}
          value={input.signal}
          values={signals.map((signal) => [signal, signal])}
          disabled={disabled}
          onChange={(signal) => onChange({ ...input, signal })}
        />
      );
    case "delete":
      if (kindId !== "containers") return null;
      return (
        <div className="space-y-1.5">
          <Tick checked={input.force} disabled={disabled} onChange={(force) => onChange({ ...input, force })}>
            {words.force}
          </Tick>
          <Tick checked={input.volumes} disabled={disabled} onChange={(volumes) => onChange({ ...input, volumes })}>
            {words.volumes}
          </Tick>
        </div>
      );
    case "prune": {
      const { what } = input;
      return (
        <div className="space-y-1.5">
          <Choice
            label={words.pruneWhat}
            value={what}
            values={pruneKinds.map((kind) => [kind, words.what[kind]])}
            disabled={disabled}
            onChange={(next) =>
              onChange({ ...input, what: pruneKinds.find((kind) => kind === next) ?? what, all: false })
            }
          />
          {hasAll(what) ? (
            <Tick checked={input.all} disabled={disabled} onChange={(all) => onChange({ ...input, all })}>
              {words.all[what]}
            </Tick>
          ) : null}
          {what === "volumes" && input.all ? <p className="text-warning-text">{words.volumesWarning}</p> : null}
        </div>
      );
    }
    default:
      return null;
  }
}

function Choice({
  label,
  value,
  values,
  disabled,
  onChange,
}: {
  label: string;
  value: string;
  values: readonly (readonly [value: string, title: string])[];
  disabled: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <label className="flex flex-wrap items-center gap-2">
      {label}
      <select value={value} disabled={disabled} onChange={({ target }) => onChange(target.value)} className={box}>
        {values.map(([each, title]) => (
          <option key={each} value={each}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function Tick({
  checked,
  disabled,
  onChange,
  children,
}: {
  checked: boolean;
  disabled: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="flex items-start gap-2">
      <input
        type="checkbox"
        className="mt-1"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
      />
      {children}
    </label>
  );
}
