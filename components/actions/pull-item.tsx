"use client";

import { Age } from "@/components/ui/age";
import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale, useMessages } from "@/components/ui/messages";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { HealthLevel } from "@/lib/protocol/cell";
import type { PullJob, PullLayer } from "@/lib/protocol/pull";
import { formatBytes } from "@/lib/shared/bytes";

const levels: Readonly<Record<PullJob["state"], HealthLevel>> = { running: "starting", done: "ok", failed: "failing" };

/** One image on its way, layer by layer, or how it ended. */
export function PullItem({ job, onStop }: { job: PullJob; onStop: (() => void) | null }) {
  const words = useMessages().engineActions;
  const { image, by, began, state, layers, failure, earlier, digest } = job;
  return (
    <div className="space-y-1.5">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <HealthMark level={levels[state]} size={10} className="translate-y-px" />
        <ClusterText text={image} className="min-w-0 font-mono font-medium wrap-anywhere" />
        <span role="status">{words.pullStates[state]}</span>
        <span className="text-sm text-muted">
          {by === "" ? null : (
            <>
              <ClusterText text={words.pullBy({ name: by })} /> ·{" "}
            </>
          )}
          <Age at={began / 1000} />
        </span>
        {state === "running" && onStop ? (
          <Button size="sm" className="ml-auto" onClick={onStop}>
            {words.pullStop}
          </Button>
        ) : null}
      </div>
      {state === "running" ? <Progress job={job} /> : null}
      {failure ? (
        <div role="alert">
          <p className="text-failing">{words.pullReasons[failure.reason]}</p>
          <ClusterText text={failure.detail} className="block text-sm text-muted wrap-anywhere" />
          <p className="text-sm">
            {earlier === null ? words.pullLeft.unknown : earlier ? words.pullLeft.earlier : words.pullLeft.nothing}
          </p>
        </div>
      ) : null}
      {digest && state === "done" ? <p className="font-mono text-sm text-muted wrap-anywhere">{digest}</p> : null}
      {layers.length > 0 && state === "running" ? <Layers image={image} layers={layers} /> : null}
    </div>
  );
}

/** Of the bytes that the engine has told of: layers that it has not begun with are not among them, and that is said. */
function Progress({ job: { image, layers, downloaded, total, unsized } }: { job: PullJob }) {
  const words = useMessages().engineActions;
  const locale = useLocale();
  if (layers.length === 0) return <p className="text-muted">{words.pullAsking}</p>;
  const there = layers.filter(({ phase }) => phase === "done" || phase === "exists").length;
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  return (
    <>
      {total > 0 ? (
        <div className="flex items-center gap-2">
          <progress
            aria-label={words.pullProgress({ image })}
            value={downloaded}
            max={total}
            className="h-1.5 min-w-0 flex-1 appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
          />
          <span className="w-12 text-right font-mono tabular-nums">
            {percent.format(Math.floor((downloaded / total) * 100) / 100)}
          </span>
        </div>
      ) : null}
      <p className="text-sm text-muted">
        {[
          words.pullLayers({ done: there.toLocaleString(locale), of: layers.length.toLocaleString(locale) }),
          ...(total > 0 ? [words.pullBytes({ done: formatBytes(downloaded), total: formatBytes(total) })] : []),
          ...(unsized > 0 ? [words.pullUnsized({ count: unsized.toLocaleString(locale) })] : []),
        ].join(" · ")}
      </p>
    </>
  );
}

function Layers({ image, layers }: { image: string; layers: readonly PullLayer[] }) {
  const words = useMessages().engineActions;
  return (
    <ScrollRegion label={words.pullProgress({ image })} className="max-h-48 rounded-md border border-line">
      <ul className="divide-y divide-line">
        {layers.map(({ id, phase, downloaded, total }) => (
          <li key={id} className="flex items-center gap-2 px-2.5 py-0.5">
            <ClusterText text={id} className="w-28 shrink-0 truncate font-mono" />
            <span className="min-w-0 flex-1 text-sm text-muted">{words.layerPhases[phase]}</span>
            <span className="shrink-0 font-mono text-sm tabular-nums">
              {total === null
                ? ""
                : phase === "downloading"
                  ? `${formatBytes(downloaded)} / ${formatBytes(total)}`
                  : formatBytes(total)}
            </span>
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}
