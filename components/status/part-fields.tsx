"use client";

import { Button } from "@/components/ui/button";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { StatusPart } from "@/lib/protocol/status-admin";

import { FieldRow, FormChoice, FormField } from "./form-field";

/** A part while it is written: all boxes are text. */
export type DraftPart = {
  type: StatusPart["type"];
  source: string;
  kind: string;
  namespace: string;
  name: string;
  q: string;
  expect: string;
};

export function draftPart(part: StatusPart | null, source: string, kind: string): DraftPart {
  const empty = { source, kind, namespace: "", name: "", q: "", expect: "" };
  if (!part) return { ...empty, type: "workload" };
  if ("namespace" in part) return { ...empty, ...part };
  return { ...empty, ...part, expect: part.expect === undefined ? "" : String(part.expect) };
}

export function partOf({ type, source, kind, namespace, name, q, expect }: DraftPart): StatusPart {
  if (type === "workload") return { type, source, kind, namespace, name };
  if (type === "service") return { type, source, namespace, name };
  return { type, source, q, ...(expect.trim() === "" ? {} : { expect: Number(expect) }) };
}

type Props = {
  part: DraftPart;
  sources: readonly string[];
  kinds: readonly string[];
  onChange: (part: DraftPart) => void;
  /** Null for the only part. */
  onRemove: (() => void) | null;
};

export function PartFields({ part, sources, kinds, onChange, onRemove }: Props) {
  const m = useRoomMessages();
  const set = (key: keyof DraftPart) => (value: string) => onChange({ ...part, [key]: value });
  const known = sources.includes(part.source) ? sources : [part.source, ...sources];
  return (
    <div className="space-y-3 rounded-md border border-line p-3">
      <FieldRow>
        <FormChoice
          label={m.status.admin.type}
          value={part.type}
          options={(["workload", "service", "pods", "nodes"] as const).map(
            (type) => [type, m.status.admin.part[type]] as const,
          )}
          onChange={(type) => onChange({ ...part, type })}
        />
        <FormChoice
          label={m.status.admin.source}
          value={part.source}
          options={known.map((source) => [source, source] as const)}
          onChange={set("source")}
        />
      </FieldRow>
      {part.type === "workload" || part.type === "service" ? (
        <FieldRow>
          {part.type === "workload" ? (
            <FormChoice
              label={m.status.admin.kind}
              value={part.kind}
              options={kinds.map((kind) => [kind, kind] as const)}
              onChange={set("kind")}
            />
          ) : null}
          <FormField
            label={m.status.admin.namespace}
            value={part.namespace}
            onChange={set("namespace")}
            mono
            required
          />
          <FormField label={m.status.admin.objectName} value={part.name} onChange={set("name")} mono required />
        </FieldRow>
      ) : (
        <FieldRow>
          <FormField
            label={m.status.admin.query}
            hint={m.status.admin.queryHint}
            value={part.q}
            onChange={set("q")}
            mono
            required
          />
          <FormField label={m.status.admin.expect} value={part.expect} onChange={set("expect")} type="number" />
        </FieldRow>
      )}
      {onRemove ? (
        <Button size="sm" onClick={onRemove}>
          {m.status.admin.removePart}
        </Button>
      ) : null}
    </div>
  );
}
