"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import type { StatusAct } from "@/lib/client/hooks/use-status-admin";
import type { SeenComponent, SeenMaintenance, StatusAdmin } from "@/lib/protocol/status-admin";

import { ComponentChoice } from "./component-choice";
import { FieldRow, FormEnd, FormField, FormProblem } from "./form-field";
import { useFormAct } from "./use-form-act";
import { words } from "./words";

/** Maintenance that is planned or under way. */
export function MaintenancePanel({ now, act }: { now: StatusAdmin; act: StatusAct }) {
  const m = useRoomMessages();
  const [open, setOpen] = useState(false);
  return (
    <Panel
      title={m.status.admin.maintenance}
      aside={
        now.mayWrite && now.components.length > 0 ? (
          <Button size="sm" onClick={() => setOpen(true)}>
            {m.status.admin.newMaintenance}
          </Button>
        ) : null
      }
    >
      {now.maintenance.length === 0 ? <p className="px-3.5 py-3 text-muted">{m.status.admin.noMaintenance}</p> : null}
      <ul className="divide-y divide-line">
        {now.maintenance.map((planned) => (
          <PlannedItem key={planned.id} planned={planned} now={now} act={act} />
        ))}
      </ul>
      <Dialog title={m.status.admin.newMaintenance} open={open} onClose={() => setOpen(false)} wide>
        <MaintenanceForm components={now.components} act={act} done={() => setOpen(false)} />
      </Dialog>
    </Panel>
  );
}

function PlannedItem({ planned, now, act }: { planned: SeenMaintenance; now: StatusAdmin; act: StatusAct }) {
  const m = useRoomMessages();
  const { error, run } = useFormAct(act, () => undefined);
  const { id, title, text, components, starts, ends } = planned;
  const underWay = now.components.some((one) => one.state === "maintenance" && components.includes(one.component.id));
  return (
    <li className="space-y-1.5 px-3.5 py-3">
      <h3 className="font-medium wrap-anywhere">{title.en}</h3>
      <p className="text-sm text-muted">
        {utc(starts)} {m.status.public.until} {utc(ends)}
      </p>
      {text ? <p className="whitespace-pre-line text-muted wrap-anywhere">{text.en}</p> : null}
      {now.mayWrite ? (
        <Button size="sm" onClick={() => void run("maintenance-cancel", { id })}>
          {underWay ? m.status.admin.endNow : m.status.admin.cancelPlanned}
        </Button>
      ) : null}
      <FormProblem error={error} />
    </li>
  );
}

/** The server does not know the reader's zone, so that this is said in UTC. */
function utc(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

type FormProps = { components: readonly SeenComponent[]; act: StatusAct; done: () => void };

function MaintenanceForm({ components, act, done }: FormProps) {
  const m = useRoomMessages();
  const [title, setTitle] = useState("");
  const [titleKo, setTitleKo] = useState("");
  const [text, setText] = useState("");
  const [textKo, setTextKo] = useState("");
  const [starts, setStarts] = useState("");
  const [ends, setEnds] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const { busy, error, run } = useFormAct(act, done);
  return (
    <form
      className="space-y-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void run("maintenance-plan", {
          title: words(title, titleKo),
          ...(text.trim() === "" ? {} : { text: words(text, textKo) }),
          components: chosen,
          starts: new Date(starts).toISOString(),
          ends: new Date(ends).toISOString(),
        });
      }}
    >
      <FieldRow>
        <FormField label={m.status.admin.titleEn} value={title} onChange={setTitle} required />
        <FormField label={m.status.admin.titleKo} value={titleKo} onChange={setTitleKo} />
      </FieldRow>
      <ComponentChoice components={components} chosen={chosen} onChange={setChosen} />
      <FieldRow>
        <FormField label={m.status.admin.starts} value={starts} onChange={setStarts} type="datetime-local" required />
        <FormField label={m.status.admin.ends} value={ends} onChange={setEnds} type="datetime-local" required />
      </FieldRow>
      <FieldRow>
        <FormField label={m.status.admin.textEn} value={text} onChange={setText} lines={3} />
        <FormField label={m.status.admin.textKo} value={textKo} onChange={setTextKo} lines={3} />
      </FieldRow>
      <FormEnd busy={busy} error={error} submit={m.status.admin.announce} />
    </form>
  );
}
