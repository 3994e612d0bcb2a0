"use client";

import { useEffect } from "react";

import { Age } from "@/components/ui/age";
import { IconButton } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { useRevisions } from "@/lib/client/hooks/use-revisions";
import type { Ref } from "@/lib/protocol/ref";

import type { ActedOn, ActionInput } from "./action-input";
import { EngineInputFields } from "./engine-input-fields";
import { ErrorWords } from "./error-words";

type Props = {
  on: ActedOn;
  target: Ref;
  input: ActionInput;
  onChange: (input: ActionInput) => void;
  disabled: boolean;
};

const box = "h-8 rounded-md border border-control bg-surface px-2";

/** What a verb asks for. */
export function InputFields({ on, ...rest }: Props) {
  if (on.type === "engine") return <EngineInputFields on={on} {...rest} />;
  switch (on.verb) {
    case "scale":
      return <Replicas {...rest} />;
    case "rollback":
      return <Revisions {...rest} />;
    case "delete":
      return <Deletion {...rest} />;
    default:
      return null;
  }
}

type FieldProps = Omit<Props, "on">;

function Replicas({ input, onChange, disabled }: FieldProps) {
  const m = useMessages();
  const set = (replicas: number) => onChange({ ...input, replicas: Math.max(0, Math.min(100_000, replicas)) });
  return (
    <div className="flex items-center gap-1.5">
      <label htmlFor="action-replicas" className="mr-1">
        {m.actions.replicas}
      </label>
      <IconButton
        label={m.actions.fewer}
        disabled={disabled || input.replicas === 0}
        onClick={() => set(input.replicas - 1)}
      >
        <Icon name="minus" />
      </IconButton>
      <input
        id="action-replicas"
        type="number"
        min={0}
        max={100_000}
        autoFocus
        disabled={disabled}
        value={input.replicas}
        onChange={(event) => set(Math.floor(event.target.valueAsNumber || 0))}
        className={`${box} w-24 text-right font-mono`}
      />
      <IconButton label={m.actions.furtherOne} disabled={disabled} onClick={() => set(input.replicas + 1)}>
        <Icon name="plus" />
      </IconButton>
    </div>
  );
}

function Revisions({ target, input, onChange, disabled }: FieldProps) {
  const m = useMessages();
  const { revisions, error } = useRevisions(target);
  const first = revisions?.find((revision) => !revision.current)?.revision ?? null;
  useEffect(() => {
    if (first !== null && input.revision === null) onChange({ ...input, revision: first });
  });
  if (error) return <ErrorWords error={error} />;
  if (!revisions) return <p className="text-muted">{m.actions.trying}</p>;
  if (first === null) return <p>{m.actions.noRevisions}</p>;
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-1 text-sm text-muted">{m.actions.revision}</legend>
      <ul className="max-h-48 divide-y divide-line overflow-y-auto rounded-md border border-line">
        {revisions.map(({ revision, current, images, created, cause }) => (
          <li key={revision}>
            <label className="flex items-baseline gap-2.5 px-2.5 py-1.5 has-[:checked]:bg-accent-soft">
              <input
                type="radio"
                name="revision"
                className="translate-y-px"
                disabled={current}
                checked={input.revision === revision}
                onChange={() => onChange({ ...input, revision })}
              />
              <span className="w-8 shrink-0 font-mono">{revision}</span>
              <span className="min-w-0 flex-1">
                <ClusterText text={images.join(", ")} className="block truncate font-mono" />
                {cause ? <ClusterText text={cause} className="block truncate text-muted" /> : null}
              </span>
              {current ? <span className="text-muted">{m.actions.revisionNow}</span> : null}
              {created ? <Age at={Date.parse(created) / 1000} className="font-mono text-muted" /> : null}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Deletion({ input, onChange, disabled }: FieldProps) {
  const m = useMessages();
  const words = m.actions.propagations;
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <label className="flex items-center gap-2">
          {m.actions.propagation}
          <select
            value={input.propagation}
            disabled={disabled}
            onChange={(event) => onChange({ ...input, propagation: event.target.value as ActionInput["propagation"] })}
            className={box}
          >
            {(["background", "foreground", "orphan"] as const).map((value) => (
              <option key={value} value={value}>
                {words[value]}
              </option>
            ))}
          </select>
        </label>
        <label className="flex items-center gap-2">
          {m.actions.grace}
          <input
            type="number"
            min={0}
            max={86_400}
            disabled={disabled}
            placeholder={m.actions.graceUsual}
            value={input.grace ?? ""}
            onChange={(event) =>
              onChange({
                ...input,
                grace: event.target.value === "" ? null : Math.max(0, event.target.valueAsNumber || 0),
              })
            }
            className={`${box} w-40 font-mono`}
          />
        </label>
      </div>
      {input.grace === 0 ? <p className="text-warning-text">{m.actions.force}</p> : null}
    </div>
  );
}
