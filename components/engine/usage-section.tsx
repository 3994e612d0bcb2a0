"use client";

import { useState } from "react";

import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { useEngineView } from "@/lib/client/hooks/use-engine-view";
import type { EngineUsage } from "@/lib/protocol/engine";
import { formatBytes } from "@/lib/shared/bytes";

import { EngineNote } from "./engine-note";
import { Sparkline } from "./sparkline";

const everyMs = 2_000;
/** Two minutes. */
const mostSamples = 61;

/** What a running container uses now, and how that went in the last two minutes while somebody looked. */
export function UsageSection({ id, title, source, container, running }: Props) {
  const { engine } = useMessages();
  const words = engine.usage;
  const asked = { source, view: "usage", container, every: everyMs, enabled: running } as const;
  const { value, error } = useEngineView(asked);
  const samples = useSamples(value);
  const rates = ratesOf(samples);
  const now = samples.at(-1) ?? null;
  return (
    <Panel id={id} title={title} aside={running ? words.cpuNote : undefined}>
      {!running || (now && !now.running) ? (
        <p className="px-3.5 py-3 text-muted">{words.notRunning}</p>
      ) : now === null ? (
        <EngineNote error={error} />
      ) : (
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 px-3.5 py-3 lg:grid-cols-4">
          <Figure
            label={words.cpu}
            value={rates.cpu === null ? words.waiting : percent(rates.cpu)}
            line={rates.history.map(({ cpu }) => cpu)}
          />
          <Figure
            label={words.memory}
            value={now.memory === null ? "?" : formatBytes(now.memory)}
            note={now.memoryLimit === null ? "" : words.memoryOf({ limit: formatBytes(now.memoryLimit) })}
            line={samples.map(({ memory }) => memory)}
          />
          <Figure
            label={words.network}
            value={pair(rates.received, rates.sent, words.received, words.sent, words.perSecond)}
            note={sums(now.received, now.sent, words.sums)}
          />
          <Figure
            label={words.blockIo}
            value={pair(rates.read, rates.written, words.read, words.written, words.perSecond)}
            note={sums(now.read, now.written, words.sums)}
          />
        </dl>
      )}
    </Panel>
  );
}

type Props = { id: string; title: string; source: string; container: string; running: boolean };

function Figure({
  label,
  value,
  note,
  line,
}: {
  label: string;
  value: string;
  note?: string;
  line?: (number | null)[];
}) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="font-mono tabular-nums">
        {value}
        {note ? <span className="block text-sm text-muted">{note}</span> : null}
        {line ? <Sparkline values={line} /> : null}
      </dd>
    </div>
  );
}

/** The measurements of the last two minutes; what came twice is kept once. */
function useSamples(latest: EngineUsage | null): readonly EngineUsage[] {
  const [samples, setSamples] = useState<readonly EngineUsage[]>([]);
  const [taken, setTaken] = useState<EngineUsage | null>(null);
  if (latest && latest !== taken) {
    setTaken(latest);
    const last = samples.at(-1);
    // A container that was started anew counts from zero.
    const kept = last && (last.cpuNanos ?? 0) > (latest.cpuNanos ?? 0) ? [] : samples;
    if (!last || last.at < latest.at) setSamples([...kept, latest].slice(-mostSamples));
  }
  return samples;
}

type Rates = Record<"cpu" | "received" | "sent" | "read" | "written", number | null>;

function ratesOf(samples: readonly EngineUsage[]): Rates & { history: Rates[] } {
  const history = samples.slice(1).map((sample, index): Rates => {
    const before = samples[index] ?? sample;
    const seconds = (sample.at - before.at) / 1000;
    const rate = (field: "cpuNanos" | "received" | "sent" | "read" | "written"): number | null => {
      const [from, to] = [before[field], sample[field]];
      return from === null || to === null || seconds <= 0 ? null : Math.max(0, to - from) / seconds;
    };
    const cpu = rate("cpuNanos");
    return {
      cpu: cpu === null ? null : cpu / 1e9,
      received: rate("received"),
      sent: rate("sent"),
      read: rate("read"),
      written: rate("written"),
    };
  });
  const last = history.at(-1) ?? { cpu: null, received: null, sent: null, read: null, written: null };
  return { ...last, history };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`;
}

function pair(
  first: number | null,
  second: number | null,
  firstWord: string,
  secondWord: string,
  perSecond: (values: { value: string }) => string,
): string {
  const text = (value: number | null, word: string) =>
    `${value === null ? "?" : perSecond({ value: formatBytes(Math.round(value)) })} ${word}`;
  return `${text(first, firstWord)} · ${text(second, secondWord)}`;
}

function sums(
  first: number | null,
  second: number | null,
  words: (values: { first: string; second: string }) => string,
): string {
  return first === null || second === null ? "" : words({ first: formatBytes(first), second: formatBytes(second) });
}
