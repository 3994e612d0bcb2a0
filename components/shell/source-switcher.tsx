"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { Popover, useClosePopover } from "@/components/ui/popover";
import { useClockText } from "@/lib/client/hooks/use-clock-text";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { changeView, useView } from "@/lib/client/hooks/use-view";
import type { SourceSummary } from "@/lib/protocol/overview";
import { age } from "@/lib/shared/age";

import { useFrame } from "./frame-context";
import { stateLevels, stateText, worstState } from "./source-mark";

/** Which sources the page is of, and whether what it shows is live. */
export function SourceSwitcher() {
  const m = useMessages();
  const view = useView();
  const { sources } = useFrame();
  const chosen = sources.filter((source) => view.in.length === 0 || view.in.includes(source.source));
  const [only] = chosen;

  const words =
    sources.length === 0
      ? m.shell.noSources
      : chosen.length === 1 && only
        ? only.title
        : chosen.length === sources.length
          ? sources.every(({ type }) => type === "cluster")
            ? m.shell.clusters({ count: sources.length })
            : m.shell.everySource({ count: sources.length })
          : m.shell.sourcesOf({ count: chosen.length, total: sources.length });

  return (
    <Popover
      className="max-w-72 min-w-0 xl:max-w-104"
      button={
        <>
          <Liveness chosen={chosen} />
          <span className="sr-only">{m.shell.sources}: </span>
          <ClusterText text={words} className="max-w-44 shrink-0 truncate max-sm:sr-only xl:max-w-64" />
          <Icon name="chevron-down" size={12} className="order-2 shrink-0 text-faint" />
        </>
      }
    >
      <SourceList sources={sources} chosen={view.in} />
    </Popover>
  );
}

/** The mark of the worst state, and its words unless all is well. */
function Liveness({ chosen }: { chosen: readonly SourceSummary[] }) {
  const m = useMessages();
  const connection = useConnection();
  const worst = worstState(chosen);
  const isLost = connection.state === "lost";
  const isWell = !worst || worst.state === "live" || worst.state === "off";
  const text = useClockText((now) => {
    if (isLost) return m.shell.connection.lost({ age: age(Math.max(0, now - connection.since)) });
    return isWell ? "" : stateText(worst, now, m);
  });
  return (
    <>
      <HealthMark level={isLost ? "warning" : worst ? stateLevels[worst.state] : "unknown"} size={11} />
      {text === "" ? null : (
        <span aria-hidden="true" className="order-1 min-w-0 truncate text-warning-text max-lg:hidden">
          {text}
        </span>
      )}
      {/* Said when it changes, and not again for each second that it lasts. */}
      <span role="status" className="sr-only">
        {isLost ? m.shell.connection.lostLong : worst ? m.shell.state[worst.state] : ""}
      </span>
    </>
  );
}

function SourceList({ sources, chosen }: { sources: readonly SourceSummary[]; chosen: readonly string[] }) {
  const m = useMessages();
  const close = useClosePopover();
  const all = sources.map((source) => source.source);
  const on = (id: string): boolean => chosen.length === 0 || chosen.includes(id);

  const toggle = (id: string): void => {
    const next = all.filter((one) => (one === id ? !on(one) : on(one)));
    changeView({ in: next.length === all.length ? [] : next });
  };

  return (
    <fieldset className="w-88 max-w-full py-1.5">
      <legend className="sr-only">{m.shell.sources}</legend>
      {sources.length === 0 ? <p className="px-3.5 py-2 text-muted">{m.shell.noSources}</p> : null}
      {sources.map((source) => (
        <div key={source.source} className="group flex items-center gap-2 px-2 hover:bg-hover">
          <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2.5 px-1.5 py-1.5">
            <input
              type="checkbox"
              checked={on(source.source)}
              // The last one stays: no source at all would show nothing.
              disabled={on(source.source) && (chosen.length === 1 || all.length === 1)}
              onChange={() => toggle(source.source)}
            />
            <HealthMark level={stateLevels[source.state]} size={11} />
            <span className="min-w-0 flex-1">
              <ClusterText text={source.title} className="block truncate font-medium" />
              <SourceLine source={source} />
            </span>
          </label>
          {all.length > 1 ? (
            <button
              type="button"
              onClick={() => {
                changeView({ in: [source.source] });
                close();
              }}
              className="rounded-sm px-1.5 py-1 text-sm text-accent hover:underline"
            >
              {m.shell.onlyThis}
            </button>
          ) : null}
        </div>
      ))}
      {chosen.length > 0 ? (
        <button
          type="button"
          onClick={() => {
            changeView({ in: [] });
            close();
          }}
          className="mt-1 w-full border-t border-line px-3.5 pt-2 pb-1 text-left text-accent hover:underline"
        >
          {m.shell.allSources}
        </button>
      ) : null}
    </fieldset>
  );
}

/** `v1.37.2 · stale for 2m`, and what the source said. */
function SourceLine({ source }: { source: SourceSummary }) {
  const m = useMessages();
  const state = useClockText((now) => stateText(source, now, m));
  return (
    <span className="block text-sm text-muted">
      {source.version ? `${source.version} · ` : ""}
      {state}
      {source.error ? (
        <ClusterText text={source.error} className="line-clamp-2 break-words text-sm text-faint" />
      ) : null}
    </span>
  );
}
