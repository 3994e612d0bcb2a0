"use client";

import { useState } from "react";

import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { StatusAct } from "@/lib/client/hooks/use-status-admin";
import type { PublicWords } from "@/lib/protocol/status";
import type { SeenComponent, SeenIncident } from "@/lib/protocol/status-admin";

import { ComponentChoice } from "./component-choice";
import { FieldRow, FormChoice, FormEnd, FormField } from "./form-field";
import { useFormAct } from "./use-form-act";
import { words } from "./words";

type Props = {
  /** The draft that is written on; null begins one. */
  draft: SeenIncident | null;
  components: readonly SeenComponent[];
  act: StatusAct;
  done: () => void;
};

const phases = ["investigating", "identified", "monitoring"] as const;

/** Writes a draft. A proposal comes with a title, since it has no words of its own yet. */
export function IncidentForm({ draft, components, act, done }: Props) {
  const m = useRoomMessages();
  const first = draft?.updates[0];
  const locale = useLocale();
  const begun = draft?.title.en ? draft.title : proposedTitle();
  const [title, setTitle] = useState(begun.en);
  const [titleKo, setTitleKo] = useState(begun.ko ?? "");
  const [text, setText] = useState(first?.text.en ?? "");
  const [textKo, setTextKo] = useState(first?.text.ko ?? "");
  const [phase, setPhase] = useState<(typeof phases)[number]>(
    phases.find((each) => each === first?.phase) ?? "investigating",
  );
  const [chosen, setChosen] = useState([...(draft?.components ?? [])]);
  const { busy, error, run } = useFormAct(act, done);

  /** In the operator's language; the other has the component's name to begin with. */
  function proposedTitle(): PublicWords {
    const turned = components.find(({ component }) => component.id === draft?.proposed);
    if (!turned) return { en: "" };
    const { name } = turned.component;
    const state = m.status.public.states[turned.state];
    if (locale === "en") return { en: m.status.admin.proposedTitle({ name: name.en, state }) };
    return { en: name.en, ko: m.status.admin.proposedTitle({ name: name.ko ?? name.en, state }) };
  }

  return (
    <form
      className="space-y-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const id = draft ? { id: draft.id } : {};
        const input = { ...id, title: words(title, titleKo), text: words(text, textKo), phase, components: chosen };
        void run("incident-save", input);
      }}
    >
      <FieldRow>
        <FormField label={m.status.admin.titleEn} value={title} onChange={setTitle} required />
        <FormField label={m.status.admin.titleKo} value={titleKo} onChange={setTitleKo} />
      </FieldRow>
      <ComponentChoice components={components} chosen={chosen} onChange={setChosen} />
      <FormChoice
        label={m.status.admin.phase}
        value={phase}
        options={phases.map((each) => [each, m.status.public.phases[each]] as const)}
        onChange={setPhase}
      />
      <FieldRow>
        <FormField label={m.status.admin.textEn} value={text} onChange={setText} lines={4} required />
        <FormField label={m.status.admin.textKo} value={textKo} onChange={setTextKo} lines={4} />
      </FieldRow>
      <FormEnd busy={busy} error={error} submit={m.status.admin.saveDraft} />
    </form>
  );
}
