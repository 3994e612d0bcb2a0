"use client";

import { useMessages } from "@/components/ui/messages";
import type { LogContainer } from "@/lib/client/detail/log-containers";
import { visibleText } from "@/lib/shared/visible-text";

type Props = {
  label: string;
  containers: readonly Pick<LogContainer, "name" | "type">[];
  value: string | undefined;
  onChange: (name: string) => void;
};

/** Which of a pod's containers; nothing where there is but one. */
export function ContainerSelect({ label, containers, value, onChange }: Props) {
  const m = useMessages();
  if (containers.length < 2) return null;
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-8 max-w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 font-mono hover:bg-hover"
    >
      {containers.map(({ name, type }) => (
        <option key={name} value={name}>
          {visibleText(name)}
          {m.logs.containerTypes[type] === "" ? "" : ` (${m.logs.containerTypes[type]})`}
        </option>
      ))}
    </select>
  );
}
