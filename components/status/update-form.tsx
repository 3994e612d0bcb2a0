"use client";

import { useState } from "react";

import { useRoomMessages } from "@/components/ui/room-messages";
import type { StatusAct } from "@/lib/client/hooks/use-status-admin";
import type { UpdatePhase } from "@/lib/protocol/status";
import { updatePhases } from "@/lib/protocol/status";

import { FieldRow, FormChoice, FormEnd, FormField } from "./form-field";
import { useFormAct } from "./use-form-act";
import { words } from "./words";

/** Tells the public how an open incident goes on, or that it is over. */
export function UpdateForm({ id, act, done }: { id: string; act: StatusAct; done: () => void }) {
  const m = useRoomMessages();
  const [phase, setPhase] = useState<UpdatePhase>("monitoring");
  const [text, setText] = useState("");
  const [textKo, setTextKo] = useState("");
  const { busy, error, run } = useFormAct(act, done);
  return (
    <form
      className="space-y-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void run("incident-update", { id, phase, text: words(text, textKo) });
      }}
    >
      <FormChoice
        label={m.status.admin.phase}
        value={phase}
        options={updatePhases.map((each) => [each, m.status.public.phases[each]] as const)}
        onChange={setPhase}
      />
      <FieldRow>
        <FormField label={m.status.admin.textEn} value={text} onChange={setText} lines={4} required />
        <FormField label={m.status.admin.textKo} value={textKo} onChange={setTextKo} lines={4} />
      </FieldRow>
      <FormEnd busy={busy} error={error} submit={m.status.admin.sendUpdate} />
    </form>
  );
}
