"use client";

import Link from "next/link";
import { useState } from "react";

import { Age } from "@/components/ui/age";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Dialog } from "@/components/ui/dialog";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import type { StatusAct } from "@/lib/client/hooks/use-status-admin";
import { printView } from "@/lib/client/store/view-address";
import { hrefOf } from "@/lib/protocol/ref";
import type { SeenComponent, SeenPart, StatusAdmin, StatusComponent, StatusPart } from "@/lib/protocol/status-admin";

import { ComponentForm } from "./component-form";
import { FormProblem } from "./form-field";
import { StateMark, StateWord } from "./state-word";
import { useFormAct } from "./use-form-act";

/** Each component as the public is told of it, and why. */
export function ComponentsPanel({ now, act }: { now: StatusAdmin; act: StatusAct }) {
  const m = useRoomMessages();
  const [open, setOpen] = useState<{ component: StatusComponent | null } | null>(null);
  const title = open?.component
    ? m.status.admin.editComponent({ name: open.component.name.en })
    : m.status.admin.newComponent;
  return (
    <Panel
      title={m.status.admin.components}
      aside={
        now.mayWrite ? (
          <Button size="sm" onClick={() => setOpen({ component: null })}>
            {m.status.admin.newComponent}
          </Button>
        ) : null
      }
    >
      {now.components.length === 0 ? (
        <div className="px-3.5 py-3">
          <p className="font-medium">{m.status.admin.noComponents}</p>
          <p className="text-muted">{m.status.admin.noComponentsBody}</p>
        </div>
      ) : null}
      <ul className="divide-y divide-line">
        {now.components.map((seen) => (
          <ComponentItem
            key={seen.component.id}
            seen={seen}
            act={act}
            edit={
              now.mayWrite && seen.origin === "console" && seen.editable
                ? () => setOpen({ component: seen.editable })
                : null
            }
            mayRemove={now.mayWrite && seen.origin === "console"}
          />
        ))}
      </ul>
      <Dialog title={title} open={open !== null} onClose={() => setOpen(null)} wide>
        {open ? <ComponentForm now={now} component={open.component} act={act} done={() => setOpen(null)} /> : null}
      </Dialog>
    </Panel>
  );
}

type ItemProps = { seen: SeenComponent; act: StatusAct; edit: (() => void) | null; mayRemove: boolean };

function ComponentItem({ seen, act, edit, mayRemove }: ItemProps) {
  const m = useRoomMessages();
  const { error, run } = useFormAct(act, () => undefined);
  const [asking, setAsking] = useState(false);
  const { component, state, since, measured, parts, origin } = seen;
  return (
    <li className="space-y-1.5 px-3.5 py-3" data-component={component.id}>
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="font-medium wrap-anywhere">{component.name.en}</h3>
        <StateWord state={state} />
        {since === null ? null : (
          <span className="text-sm text-muted">
            <Age at={since} />
          </span>
        )}
        {measured === state ? null : (
          <Chip>{m.status.admin.measured({ state: m.status.public.states[measured] })}</Chip>
        )}
        {origin === "yaml" ? <Chip>{m.status.admin.fromFile}</Chip> : null}
      </div>
      <ul className="space-y-0.5">
        {parts.map((part, index) => (
          <li key={index} className="flex flex-wrap items-center gap-x-2">
            <PartLine part={part} />
          </li>
        ))}
      </ul>
      <p className="text-sm text-muted">
        {m.status.admin.rule({ ...component.thresholds, delay: component.delay, hysteresis: component.hysteresis })}
      </p>
      {asking ? (
        <div className="flex flex-wrap items-center gap-2">
          <p>{m.status.admin.removeAsk}</p>
          <Button size="sm" look="primary" onClick={() => void run("component-remove", { id: component.id })}>
            {m.status.admin.remove}
          </Button>
          <Button size="sm" onClick={() => setAsking(false)}>
            {m.status.admin.cancel}
          </Button>
        </div>
      ) : (
        <div className="flex flex-wrap gap-2">
          {edit ? (
            <Button size="sm" onClick={edit}>
              {m.status.admin.change}
            </Button>
          ) : null}
          {mayRemove ? (
            <Button size="sm" onClick={() => setAsking(true)}>
              {m.status.admin.remove}
            </Button>
          ) : null}
        </div>
      )}
      <FormProblem error={error} />
    </li>
  );
}

function PartLine({ part }: { part: SeenPart }) {
  const m = useRoomMessages();
  if (part.hidden) {
    return (
      <>
        <StateMark state={part.level ?? "no-data"} />
        <span className="text-muted">{m.status.admin.hiddenPart}</span>
      </>
    );
  }
  return (
    <>
      <StateMark state={"unknown" in part ? "no-data" : part.level} />
      <Link
        href={hrefFor(part.part)}
        prefetch={false}
        className="inline-flex min-h-6 items-center font-mono text-accent wrap-anywhere hover:underline"
      >
        {textOf(part.part)}
      </Link>
      <span className="text-muted">
        {"unknown" in part ? m.status.admin.unknown[part.unknown] : m.status.admin.healthyOf(part)}
      </span>
    </>
  );
}

function hrefFor(part: StatusPart): string {
  if ("namespace" in part) {
    return hrefOf({ kind: kindOf(part), source: part.source, path: `${part.namespace}/${part.name}` });
  }
  return `/${part.type}${printView({ in: [part.source], q: part.q })}`;
}

function kindOf(part: Extract<StatusPart, { namespace: string }>): string {
  return part.type === "service" ? "services" : part.kind;
}

function textOf(part: StatusPart): string {
  if ("namespace" in part) return `${part.source} ${kindOf(part)} ${part.namespace}/${part.name}`;
  return `${part.source} ${part.type} ${part.q}`;
}
