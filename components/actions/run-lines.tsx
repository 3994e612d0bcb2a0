"use client";

import type { ReactNode } from "react";

import { Button, IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import type { PortLine, VolumeLine } from "@/lib/client/actions/run-form";
import { useNames } from "@/lib/client/hooks/use-names";

const box = "h-8 min-w-0 rounded-md border border-control bg-surface px-2";

type LinesProps<T> = { lines: readonly T[]; onChange: (lines: T[]) => void };

/** Ports of the host that lead to ports of the container. A new one is for this machine only. */
export function PortLines({ lines, onChange }: LinesProps<PortLine>) {
  const words = useMessages().engineActions.run;
  const set = (id: number, part: Partial<PortLine>) =>
    onChange(lines.map((line) => (line.id === id ? { ...line, ...part } : line)));
  const fresh: Omit<PortLine, "id"> = { address: "127.0.0.1", host: "", container: "", protocol: "tcp" };
  return (
    <Lines
      title={words.ports}
      add={words.add.ports}
      onAdd={() => onChange([...lines, { id: nextId(lines), ...fresh }])}
    >
      {lines.map(({ id, address, host, container, protocol }) => (
        <li key={id} className="flex flex-wrap items-center gap-1.5">
          <select
            aria-label={words.portAddress}
            value={address}
            onChange={({ target }) => set(id, { address: target.value })}
            className={`${box} font-mono`}
          >
            <option value="127.0.0.1">127.0.0.1</option>
            <option value="">{words.portEverywhere}</option>
          </select>
          <input
            aria-label={words.portHost}
            inputMode="numeric"
            placeholder={words.portHostFree}
            value={host}
            onChange={({ target }) => set(id, { host: target.value.trim() })}
            className={`${box} w-20 font-mono`}
          />
          <span aria-hidden>→</span>
          <input
            aria-label={words.portContainer}
            inputMode="numeric"
            placeholder="80"
            value={container}
            onChange={({ target }) => set(id, { container: target.value.trim() })}
            className={`${box} w-20 font-mono`}
          />
          <select
            aria-label={words.protocol}
            value={protocol}
            onChange={({ target }) => set(id, { protocol: target.value === "udp" ? "udp" : "tcp" })}
            className={`${box} font-mono`}
          >
            <option value="tcp">tcp</option>
            <option value="udp">udp</option>
          </select>
          <Remove what={container || words.ports} onClick={() => onChange(lines.filter((line) => line.id !== id))} />
        </li>
      ))}
    </Lines>
  );
}

/** Volumes of the engine, by name, and where they stand in the container. One that is not there is made. */
export function VolumeLines({ source, lines, onChange }: LinesProps<VolumeLine> & { source: string }) {
  const words = useMessages().engineActions.run;
  const names = useNames("volumes", source);
  const set = (id: number, part: Partial<VolumeLine>) =>
    onChange(lines.map((line) => (line.id === id ? { ...line, ...part } : line)));
  const fresh: Omit<VolumeLine, "id"> = { name: "", path: "", readOnly: false };
  return (
    <Lines
      title={words.volumes}
      add={words.add.volumes}
      onAdd={() => onChange([...lines, { id: nextId(lines), ...fresh }])}
    >
      <datalist id="run-volume-names">
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      {lines.map(({ id, name, path, readOnly }) => (
        <li key={id} className="flex flex-wrap items-center gap-1.5">
          <input
            aria-label={words.volumeName}
            list="run-volume-names"
            autoComplete="off"
            spellCheck={false}
            placeholder="data"
            value={name}
            onChange={({ target }) => set(id, { name: target.value.trim() })}
            className={`${box} w-40 font-mono`}
          />
          <span aria-hidden>→</span>
          <input
            aria-label={words.volumePath}
            spellCheck={false}
            placeholder="/data"
            value={path}
            onChange={({ target }) => set(id, { path: target.value.trim() })}
            className={`${box} w-40 flex-1 font-mono`}
          />
          <label className="flex items-center gap-1.5">
            <input
              type="checkbox"
              checked={readOnly}
              onChange={({ target }) => set(id, { readOnly: target.checked })}
            />
            {words.readOnlyVolume}
          </label>
          <Remove what={name || words.volumes} onClick={() => onChange(lines.filter((line) => line.id !== id))} />
        </li>
      ))}
    </Lines>
  );
}

function nextId(lines: readonly { id: number }[]): number {
  return Math.max(0, ...lines.map(({ id }) => id)) + 1;
}

function Lines({
  title,
  add,
  onAdd,
  children,
}: {
  title: string;
  add: string;
  onAdd: () => void;
  children: ReactNode;
}) {
  return (
    <fieldset className="space-y-1.5">
      <legend className="mb-1 font-medium">{title}</legend>
      <ul className="space-y-1.5">{children}</ul>
      <Button size="sm" onClick={onAdd}>
        {add}
      </Button>
    </fieldset>
  );
}

function Remove({ what, onClick }: { what: string; onClick: () => void }) {
  const words = useMessages().engineActions.run;
  return (
    <IconButton label={words.remove({ what })} onClick={onClick}>
      <Icon name="close" />
    </IconButton>
  );
}
