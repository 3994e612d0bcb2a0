"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { StatusAct } from "@/lib/client/hooks/use-status-admin";
import type { StatusAdmin, StatusComponent } from "@/lib/protocol/status-admin";

import { FieldRow, FormEnd, FormField } from "./form-field";
import { draftPart, PartFields, partOf } from "./part-fields";
import { useFormAct } from "./use-form-act";
import { words } from "./words";

type Props = { now: StatusAdmin; component: StatusComponent | null; act: StatusAct; done: () => void };

/** Makes a component, or changes one that was made here. */
export function ComponentForm({ now, component, act, done }: Props) {
  const m = useRoomMessages();
  const [source = "", kind = ""] = [now.sources[0], now.workloadKinds[0]];
  const [id, setId] = useState(component?.id ?? "");
  const [name, setName] = useState(component?.name.en ?? "");
  const [nameKo, setNameKo] = useState(component?.name.ko ?? "");
  const [group, setGroup] = useState(component?.group?.en ?? "");
  const [parts, setParts] = useState(() =>
    (component?.parts ?? [null]).map((part, key) => ({ key, draft: draftPart(part, source, kind) })),
  );
  const [rule, setRule] = useState(() => ({
    degraded: String(component?.thresholds.degraded ?? 100),
    partial: String(component?.thresholds.partial ?? 75),
    major: String(component?.thresholds.major ?? 25),
    delay: String(component?.delay ?? 60),
    hysteresis: String(component?.hysteresis ?? 120),
  }));
  const { busy, error, run } = useFormAct(act, done);
  const setIn = (key: keyof typeof rule) => (value: string) => setRule({ ...rule, [key]: value });

  const save = (): void => {
    const grouped = group.trim() === "" ? {} : { group: { en: group, ko: sameGroup(now, group) } };
    void run("component-save", {
      id,
      name: words(name, nameKo),
      ...grouped,
      ...(component?.description ? { description: component.description } : {}),
      parts: parts.map(({ draft }) => partOf(draft)),
      thresholds: { degraded: Number(rule.degraded), partial: Number(rule.partial), major: Number(rule.major) },
      delay: Number(rule.delay),
      hysteresis: Number(rule.hysteresis),
    });
  };

  return (
    <form
      className="space-y-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <FieldRow>
        <FormField
          label={m.status.admin.id}
          hint={m.status.admin.idHint}
          value={id}
          onChange={setId}
          disabled={component !== null}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          mono
          required
        />
        <FormField label={m.status.admin.group} value={group} onChange={setGroup} />
      </FieldRow>
      <FieldRow>
        <FormField label={m.status.admin.nameEn} value={name} onChange={setName} required />
        <FormField label={m.status.admin.nameKo} value={nameKo} onChange={setNameKo} />
      </FieldRow>
      <fieldset className="space-y-2">
        <legend className="mb-1 font-medium">{m.status.admin.parts}</legend>
        {parts.map(({ key, draft }) => (
          <PartFields
            key={key}
            part={draft}
            sources={now.sources}
            kinds={now.workloadKinds}
            onChange={(changed) => setParts(parts.map((one) => (one.key === key ? { key, draft: changed } : one)))}
            onRemove={parts.length > 1 ? () => setParts(parts.filter((one) => one.key !== key)) : null}
          />
        ))}
        <Button
          size="sm"
          onClick={() => {
            const key = Math.max(...parts.map((one) => one.key)) + 1;
            setParts([...parts, { key, draft: draftPart(null, source, kind) }]);
          }}
        >
          {m.status.admin.addPart}
        </Button>
      </fieldset>
      <fieldset>
        <legend className="mb-1 font-medium">{m.status.admin.thresholds}</legend>
        <FieldRow>
          {(["degraded", "partial", "major"] as const).map((level) => (
            <FormField
              key={level}
              label={m.status.public.states[level]}
              value={rule[level]}
              onChange={setIn(level)}
              type="number"
            />
          ))}
        </FieldRow>
      </fieldset>
      <FieldRow>
        <FormField label={m.status.admin.delay} value={rule.delay} onChange={setIn("delay")} type="number" />
        <FormField
          label={m.status.admin.hysteresis}
          value={rule.hysteresis}
          onChange={setIn("hysteresis")}
          type="number"
        />
      </FieldRow>
      <FormEnd busy={busy} error={error} submit={m.status.admin.save} />
    </form>
  );
}

/** A group that is there already keeps its Korean name. */
function sameGroup(now: StatusAdmin, group: string): string | undefined {
  return now.components.find(({ component }) => component.group?.en === group)?.component.group?.ko;
}
