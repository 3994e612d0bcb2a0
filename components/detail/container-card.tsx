"use client";

import Link from "next/link";

import { Chip } from "@/components/ui/chip";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import type { ContainerView } from "@/lib/client/detail/container-view";
import { hrefOf } from "@/lib/protocol/ref";
import { imagePage } from "@/lib/shared/registry-address";
import { visibleLines } from "@/lib/shared/visible-text";

import { ContainerEnv } from "./container-env-list";
import { Fact, FactRow } from "./container-fact";
import { ContainerMounts } from "./container-mount-list";
import { ContainerProbes } from "./container-probe-list";
import { ContainerResources } from "./container-resource-list";
import { ContainerState } from "./container-state";
import { LongText } from "./long-text";

type Props = {
  view: ContainerView;
  source: string;
  /** The pod's path, where the container has a page of its own that is not this one. */
  podPath: string | null;
  /** The pod that it is in, `source/namespace/name`; null for a template. */
  pod: string | null;
  startOpen: boolean;
};

/** Everything about one container, folded to one line when there are many. */
export function ContainerCard({ view, source, podPath, pod, startOpen }: Props) {
  const m = useMessages();
  const words = m.detail.containers;
  return (
    <details open={startOpen} className="group/card">
      <summary className="flex flex-wrap items-center gap-x-2.5 gap-y-1 px-3.5 py-2 hover:bg-hover">
        <Icon name="chevron-right" size={14} className="shrink-0 text-faint group-open/card:rotate-90" />
        {view.now ? <HealthMark level={view.now.health} size={11} /> : null}
        <ClusterText text={view.name} mono className="min-w-0 font-semibold wrap-anywhere" />
        {view.now ? (
          <ClusterText text={view.now.state} className={view.now.health === "failing" ? "text-failing" : ""} />
        ) : null}
        {view.type === "container" ? null : (
          <Chip className="text-muted">
            <span title={words.typeAbout[view.type]}>{words.types[view.type]}</span>
          </Chip>
        )}
        {view.now && view.state?.type === "running" ? (
          <span className="text-muted">{view.now.ready ? words.ready : words.notReady}</span>
        ) : null}
        {view.now?.restarts ? <span className="text-muted">{words.restarts({ count: view.now.restarts })}</span> : null}
        {view.image === null ? null : (
          <ClusterText
            text={view.image}
            mono
            className="ml-auto min-w-0 text-muted wrap-anywhere group-open/card:hidden max-sm:hidden"
          />
        )}
      </summary>
      <div className="space-y-2.5 px-3.5 pt-0.5 pb-3.5 sm:pl-9">
        {view.now ? <ContainerState view={view} /> : null}
        <FactRow>
          <Fact label={words.image}>
            <ImageName view={view} pod={pod} />
            {view.pullPolicy === null ? null : <span className="ml-2 text-muted">{view.pullPolicy}</span>}
          </Fact>
          {view.imageId === null ? null : (
            <Fact label={words.imageId}>
              <ClusterText text={view.imageId} mono className="text-muted" />
            </Fact>
          )}
          <Words label={words.command} words={view.command} />
          <Words label={words.args} words={view.args} />
          {view.workingDir === null ? null : (
            <Fact label={words.workingDir}>
              <ClusterText text={view.workingDir} mono />
            </Fact>
          )}
          <ContainerResources resources={view.resources} />
          {view.ports.length === 0 ? null : (
            <Fact label={words.ports}>
              <span className="flex flex-wrap gap-x-4">
                {view.ports.map((port, index) => (
                  <span key={index} className="font-mono">
                    {port.port}/{port.protocol}
                    {port.name === null ? null : <ClusterText text={` ${port.name}`} className="text-muted" />}
                    {port.hostPort === null ? null : (
                      <span className="ml-1 font-sans text-muted">{words.hostPort({ port: port.hostPort })}</span>
                    )}
                  </span>
                ))}
              </span>
            </Fact>
          )}
          <ContainerProbes probes={view.probes} init={view.type === "init" || view.type === "ephemeral"} />
          <ContainerEnv env={view.env} envFrom={view.envFrom} />
          <ContainerMounts mounts={view.mounts} />
          {view.containerId === null ? null : (
            <Fact label={words.containerId}>
              <ClusterText text={view.containerId} mono className="text-muted" />
            </Fact>
          )}
        </FactRow>
        {podPath === null ? null : (
          <p className="text-sm">
            <Link
              href={hrefOf({ kind: "containers", source, path: `${podPath}/${view.name}` })}
              prefetch={false}
              className="text-accent hover:underline"
            >
              {words.page}
            </Link>
          </p>
        )}
      </div>
    </details>
  );
}

/** A longer word of a command is folded: some hold whole scripts. */
const longestOpen = 400;

/** The words of a command, told apart: a word may hold spaces. */
function Words({ label, words }: { label: string; words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <Fact label={label}>
      <span className="flex flex-wrap gap-1">
        {words.map((word, index) => (
          <code key={index} className="max-w-full rounded-sm bg-sunken px-1 wrap-anywhere whitespace-pre-wrap">
            {word.length > longestOpen ? <LongText text={word} /> : <bdi>{visibleLines(word)}</bdi>}
          </code>
        ))}
      </span>
    </Fact>
  );
}

/** An image as the container names it, leading to what its registry holds. */
function ImageName({ view, pod }: { view: ContainerView; pod: string | null }) {
  const m = useMessages();
  if (view.image === null) return m.detail.none;
  const href = imagePage(view.image, view.imageId, pod);
  const text = <ClusterText text={view.image} mono />;
  return href === null ? (
    text
  ) : (
    <Link href={href} prefetch={false} className="text-accent hover:underline">
      {text}
    </Link>
  );
}
