"use client";

import { useId } from "react";

import { Button, IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useLocale, useMessages } from "@/components/ui/messages";
import { changeDetail } from "@/lib/client/hooks/use-detail-address";
import type { PatternProblem } from "@/lib/client/logs/pattern-parse";
import type { DetailAddress } from "@/lib/client/store/detail-address";
import { tails } from "@/lib/client/store/detail-address";
import type { LogContainer } from "@/lib/client/detail/log-containers";

import { ContainerSelect } from "./container-select";

type Props = {
  containers: readonly LogContainer[];
  container: string;
  address: DetailAddress;
  problem: PatternProblem | null;
  paused: boolean;
  onPause: () => void;
  onClear: () => void;
  onSave: () => void;
};

const pressed = "aria-pressed:bg-accent-soft aria-pressed:text-accent";
const select = "h-8 max-w-full rounded-md border border-line-strong bg-surface px-2 hover:bg-hover";

/** Which log, which of its lines, and how they are drawn. */
export function LogToolbar({ containers, container, address, problem, paused, onPause, onClear, onSave }: Props) {
  const m = useMessages();
  const locale = useLocale();
  const restarts = containers.find((one) => one.name === container)?.restarts ?? 0;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 px-3 py-2">
      <ContainerSelect
        label={m.logs.container}
        containers={containers}
        value={container}
        onChange={(name) => changeDetail({ logs: name })}
      />
      {restarts > 0 || address.previous ? (
        <Button
          look="quiet"
          aria-pressed={address.previous}
          title={m.logs.previousAbout}
          onClick={() => changeDetail({ previous: !address.previous })}
          className={pressed}
        >
          {m.logs.previous}
        </Button>
      ) : null}
      <select
        aria-label={m.logs.tail}
        value={address.tail ?? "all"}
        onChange={(event) => changeDetail({ tail: event.target.value === "all" ? null : Number(event.target.value) })}
        className={select}
      >
        {tailsWith(address.tail).map((count) => (
          <option key={count} value={count}>
            {m.logs.tailLast({ count: count.toLocaleString(locale) })}
          </option>
        ))}
        <option value="all">{m.logs.tailAll}</option>
      </select>
      <Find address={address} problem={problem} />
      <div className="flex items-center max-sm:w-full max-sm:justify-between sm:ml-auto">
        <Toggle
          label={m.logs.wrap}
          icon="wrap"
          on={address.wrap}
          onToggle={() => changeDetail({ wrap: !address.wrap })}
        />
        <Toggle
          label={m.logs.timestamps}
          icon="events"
          on={address.times}
          onToggle={() => changeDetail({ times: !address.times })}
        />
        <Toggle
          label={paused ? m.logs.resume : m.logs.pause}
          icon={paused ? "play" : "pause"}
          on={paused}
          onToggle={onPause}
        />
        <IconButton label={m.logs.clear} onClick={onClear}>
          <Icon name="close" />
        </IconButton>
        <IconButton label={m.logs.download} onClick={onSave}>
          <Icon name="download" />
        </IconButton>
      </div>
    </div>
  );
}

function Find({ address, problem }: { address: DetailAddress; problem: PatternProblem | null }) {
  const m = useMessages();
  const problemId = useId();
  return (
    <div className="relative flex h-8 min-w-48 flex-1 items-center rounded-md border border-control bg-surface has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-(--focus)">
      <Icon name="search" size={14} className="ml-2 shrink-0 text-faint" />
      <input
        type="search"
        value={address.find}
        onChange={(event) => changeDetail({ find: event.target.value })}
        placeholder={m.logs.filter}
        aria-label={m.logs.filter}
        aria-invalid={problem !== null}
        aria-describedby={problem ? problemId : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={1000}
        className="h-full min-w-0 flex-1 bg-transparent px-2 font-mono outline-none [&::-webkit-search-cancel-button]:appearance-none"
      />
      <button
        type="button"
        aria-label={m.logs.regex}
        title={`${m.logs.regex}\n${m.logs.regexAbout}`}
        aria-pressed={address.regex}
        onClick={() => changeDetail({ regex: !address.regex })}
        className={`mr-1 h-6 rounded-sm px-1.5 font-mono text-muted hover:bg-hover ${pressed}`}
      >
        .*
      </button>
      {problem ? (
        <p
          id={problemId}
          role="alert"
          className="absolute top-full left-0 z-10 mt-1 rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-sm text-failing shadow-over"
        >
          {m.logs.pattern[problem.code]({ at: problem.at + 1 })}
        </p>
      ) : null}
    </div>
  );
}

type ToggleProps = { label: string; icon: Parameters<typeof Icon>[0]["name"]; on: boolean; onToggle: () => void };

function Toggle({ label, icon, on, onToggle }: ToggleProps) {
  return (
    <IconButton label={label} aria-pressed={on} onClick={onToggle} className={pressed}>
      <Icon name={icon} />
    </IconButton>
  );
}

/** The usual choices, and the one that an address has chosen if it is none of them. */
function tailsWith(chosen: number | null): number[] {
  const all: number[] = [...tails];
  if (chosen !== null && !all.includes(chosen)) all.push(chosen);
  return all.toSorted((a, b) => a - b);
}
