"use client";

import { useState } from "react";

import { Age } from "@/components/ui/age";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Dialog } from "@/components/ui/dialog";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import type { StatusAct } from "@/lib/client/hooks/use-status-admin";
import type { SeenIncident, StatusAdmin } from "@/lib/protocol/status-admin";

import { FormProblem } from "./form-field";
import { IncidentForm } from "./incident-form";
import { UpdateForm } from "./update-form";
import { useFormAct } from "./use-form-act";

type Open = { form: "new" } | { form: "draft" | "update"; incident: SeenIncident };

/** Incidents that are waiting to be written, open, or lately resolved. */
export function IncidentsPanel({ now, act }: { now: StatusAdmin; act: StatusAct }) {
  const m = useRoomMessages();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const title =
    open?.form === "update" ? m.status.admin.addUpdate : open ? m.status.admin.newIncident : m.status.admin.incidents;
  return (
    <Panel
      title={m.status.admin.incidents}
      aside={
        now.mayWrite ? (
          <Button size="sm" onClick={() => setOpen({ form: "new" })}>
            {m.status.admin.newIncident}
          </Button>
        ) : null
      }
    >
      {now.incidents.every(({ state }) => state === "resolved") ? (
        <p className="px-3.5 py-3 text-muted">{m.status.admin.noIncidents}</p>
      ) : null}
      <ul className="divide-y divide-line">
        {now.incidents.map((incident) => (
          <IncidentItem key={incident.id} incident={incident} now={now} act={act} open={setOpen} />
        ))}
      </ul>
      <Dialog title={title} open={open !== null} onClose={close} wide>
        {open?.form === "update" ? <UpdateForm id={open.incident.id} act={act} done={close} /> : null}
        {open && open.form !== "update" ? (
          <IncidentForm
            draft={open.form === "draft" ? open.incident : null}
            components={now.components}
            act={act}
            done={close}
          />
        ) : null}
      </Dialog>
    </Panel>
  );
}

type ItemProps = { incident: SeenIncident; now: StatusAdmin; act: StatusAct; open: (open: Open) => void };

function IncidentItem({ incident, now, act, open }: ItemProps) {
  const m = useRoomMessages();
  const { id, state, title, proposed, began, components, updates } = incident;
  const { error, run } = useFormAct(act, () => undefined);
  const nameOf = (component: string) =>
    now.components.find((one) => one.component.id === component)?.component.name.en ?? component;
  return (
    <li className="space-y-1.5 px-3.5 py-3">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="font-medium wrap-anywhere">{title.en || (proposed ? nameOf(proposed) : id)}</h3>
        <Chip>
          {state === "draft" ? m.status.admin.draft : m.status.public.phases[updates[0]?.phase ?? "investigating"]}
        </Chip>
        <span className="text-sm text-muted">
          {components.map(nameOf).join(", ")} · <Age at={began} />
        </span>
      </div>
      {state === "draft" && proposed !== null && updates.length === 0 ? (
        <p className="text-muted">{m.status.admin.proposal({ name: nameOf(proposed) })}</p>
      ) : null}
      {updates[0] ? <p className="whitespace-pre-line text-muted wrap-anywhere">{updates[0].text.en}</p> : null}
      {now.mayWrite && state !== "resolved" ? (
        <div className="flex flex-wrap gap-2">
          {state === "draft" ? (
            <>
              <Button size="sm" onClick={() => open({ form: "draft", incident })}>
                {m.status.admin.edit}
              </Button>
              {updates.length > 0 ? (
                <Button size="sm" look="primary" onClick={() => void run("incident-publish", { id })}>
                  {m.status.admin.publish}
                </Button>
              ) : null}
              <Button size="sm" onClick={() => void run("incident-drop", { id })}>
                {m.status.admin.drop}
              </Button>
            </>
          ) : (
            <Button size="sm" onClick={() => open({ form: "update", incident })}>
              {m.status.admin.addUpdate}
            </Button>
          )}
        </div>
      ) : null}
      <FormProblem error={error} />
    </li>
  );
}
