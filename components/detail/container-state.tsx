"use client";

import { Age } from "@/components/ui/age";
import { ClusterText } from "@/components/ui/cluster-text";
import { useMessages } from "@/components/ui/messages";
import type { ContainerView, StateView } from "@/lib/client/detail/container-view";
import { visibleLines } from "@/lib/shared/visible-text";

import { Fact, FactRow } from "./container-fact";

/** What the container is doing, and how its last run ended. */
export function ContainerState({ view }: { view: ContainerView }) {
  const words = useMessages().detail.containers;
  return (
    <FactRow>
      <Fact label={words.state}>
        {view.state ? <State state={view.state} /> : <span className="text-muted">{words.unknownState}</span>}
      </Fact>
      {view.last ? (
        <Fact label={words.lastState}>
          <State state={view.last} />
        </Fact>
      ) : null}
    </FactRow>
  );
}

function State({ state }: { state: StateView }) {
  const m = useMessages();
  const words = m.detail.containers;
  const ran = state.started !== null && state.finished !== null ? Math.max(0, state.finished - state.started) : null;
  const exit =
    state.exitCode !== null && Object.hasOwn(words.exitWords, state.exitCode)
      ? words.exitWords[state.exitCode]
      : undefined;
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span>{words.states[state.type]}</span>
        {state.reason === null ? null : <ClusterText text={state.reason} className="font-medium" />}
        {state.exitCode === null ? null : (
          <span>
            {words.exit({ code: state.exitCode })}
            {exit === undefined ? null : <span className="text-muted"> ({exit})</span>}
          </span>
        )}
        {state.signal === null || state.signal === 0 ? null : (
          <span className="text-muted">{words.signal({ signal: state.signal })}</span>
        )}
        {state.type === "running" && state.started !== null ? (
          <span className="text-muted">
            <Age at={state.started} print={(ago) => words.since({ ago })} />
          </span>
        ) : null}
        {state.finished === null ? null : (
          <span className="text-muted">
            <Age at={state.finished} print={(ago) => words.ended({ ago })} />
          </span>
        )}
        {ran === null ? null : <span className="text-muted">{words.ran({ time: ran })}</span>}
      </p>
      {state.message === null ? null : (
        <pre className="mt-0.5 text-sm whitespace-pre-wrap text-muted wrap-anywhere">
          <bdi>{visibleLines(state.message.trimEnd())}</bdi>
        </pre>
      )}
    </div>
  );
}
