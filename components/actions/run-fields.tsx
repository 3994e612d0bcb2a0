"use client";

import type { ReactNode } from "react";

import { Labelled } from "@/components/ui/labelled";
import { useMessages } from "@/components/ui/messages";
import type { RunForm } from "@/lib/client/actions/run-form";
import { useNames } from "@/lib/client/hooks/use-names";

import { PortLines, VolumeLines } from "./run-lines";

type Props = { source: string; form: RunForm; onChange: (form: RunForm) => void; disabled: boolean };

const box = "w-full rounded-md border border-control bg-surface px-2";
const restarts = ["no", "on-failure", "unless-stopped", "always"] as const;

/** What a container is run with. Nothing here leads to the host. */
export function RunFields({ source, form, onChange, disabled }: Props) {
  const words = useMessages().engineActions.run;
  const networks = useNames("networks", source).filter((name) => name !== "host");
  const set = (part: Partial<RunForm>) => onChange({ ...form, ...part });
  return (
    <fieldset disabled={disabled} className="space-y-3.5">
      <Line
        id="run-name"
        label={words.name}
        hint={words.nameHint}
        value={form.name}
        onChange={(name) => set({ name })}
        focus
      />
      <Line
        id="run-command"
        label={words.command}
        hint={words.commandHint}
        value={form.command}
        onChange={(command) => set({ command })}
      />
      <Labelled id="run-env" label={words.env} hint={words.envHint}>
        <textarea
          id="run-env"
          rows={2}
          value={form.env}
          spellCheck={false}
          autoCapitalize="none"
          aria-describedby="run-env-hint"
          onChange={({ target }) => set({ env: target.value })}
          className={`${box} py-1 font-mono`}
        />
      </Labelled>
      <PortLines lines={form.ports} onChange={(ports) => set({ ports })} />
      <VolumeLines source={source} lines={form.volumes} onChange={(volumes) => set({ volumes })} />
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Labelled id="run-network" label={words.network}>
          <select
            id="run-network"
            value={form.network}
            onChange={({ target }) => set({ network: target.value })}
            className={`${box} h-8`}
          >
            <option value="">{words.networkUsual}</option>
            {networks.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled id="run-restart" label={words.restart}>
          <select
            id="run-restart"
            value={form.restart}
            onChange={({ target }) => set({ restart: restarts.find((each) => each === target.value) ?? "no" })}
            className={`${box} h-8`}
          >
            {restarts.map((each) => (
              <option key={each} value={each}>
                {words.restarts[each]}
              </option>
            ))}
          </select>
        </Labelled>
      </div>
      <details className="rounded-md border border-line px-3 py-2">
        <summary className="cursor-pointer font-medium">{words.more}</summary>
        <div className="mt-3 space-y-3.5">
          <div className="grid gap-3.5 sm:grid-cols-2">
            <Amount
              id="run-memory"
              label={words.memory}
              min={6}
              step={1}
              value={form.memory}
              onChange={(memory) => set({ memory })}
            />
            <Amount
              id="run-cpus"
              label={words.cpus}
              min={0.01}
              step={0.01}
              value={form.cpus}
              onChange={(cpus) => set({ cpus })}
            />
          </div>
          <Line
            id="run-user"
            label={words.user}
            hint={words.userHint}
            value={form.user}
            onChange={(user) => set({ user })}
          />
          <Tick checked={form.readOnly} onChange={(readOnly) => set({ readOnly })}>
            {words.readOnly}
          </Tick>
          <Tick checked={form.keep} onChange={(keep) => set({ keep })}>
            {words.keep}
          </Tick>
        </div>
      </details>
    </fieldset>
  );
}

type LineProps = { id: string; label: string; value: string; onChange: (value: string) => void };

function Line({ id, label, hint, value, onChange, focus = false }: LineProps & { hint: string; focus?: boolean }) {
  return (
    <Labelled id={id} label={label} hint={hint}>
      <input
        id={id}
        autoFocus={focus}
        value={value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(target.value)}
        className={`${box} h-8 font-mono`}
      />
    </Labelled>
  );
}

function Amount({ id, label, min, step, value, onChange }: LineProps & { min: number; step: number }) {
  const words = useMessages().engineActions.run;
  return (
    <Labelled id={id} label={label}>
      <input
        id={id}
        type="number"
        min={min}
        step={step}
        placeholder={words.noLimit}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={`${box} h-8 font-mono`}
      />
    </Labelled>
  );
}

function Tick({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="flex items-start gap-2">
      <input type="checkbox" className="mt-1" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {children}
    </label>
  );
}
