"use client";

import Link from "next/link";
import type { ReactNode } from "react";

import { queryFor } from "@/components/audit/asked";
import { useFrame } from "@/components/shell/frame-context";
import { kindTitle } from "@/components/shell/sections";
import { Age } from "@/components/ui/age";
import { ClusterText } from "@/components/ui/cluster-text";
import { Explain } from "@/components/ui/explain";
import { HealthMark } from "@/components/ui/health-mark";
import { Icon, kindIcon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { useHealth } from "@/lib/client/hooks/use-health";
import { printView } from "@/lib/client/store/view-address";
import type { Kind, KindSide } from "@/lib/kinds/kind";
import type { PackedContainer } from "@/lib/kinds/pod-containers";
import { containersOf } from "@/lib/kinds/pod-containers";
import { asObject, objectIn, timeIn } from "@/lib/kinds/read-object";
import type { HealthLevel } from "@/lib/protocol/cell";
import type { ObjectAnswer } from "@/lib/protocol/object";
import type { Ref } from "@/lib/protocol/ref";
import { hrefOf } from "@/lib/protocol/ref";

type Props = {
  kind: Kind;
  /** The side of the kind that the source has. */
  side: KindSide;
  /** Whether the object is one that another stands in. */
  isDerived: boolean;
  target: Ref;
  answer: ObjectAnswer | null;
};

/** What the object is, where, and how it is doing in one sentence. */
export function DetailHeader({ kind, side, isDerived, target, answer }: Props) {
  const m = useMessages();
  const { sources } = useFrame();
  const object = answer?.object ?? null;
  const gone = answer?.gone !== undefined;
  const health = useHealth(side, object, m);
  const segments = target.path.split("/");
  const container =
    isDerived && object ? (containersOf(asObject(object)).find((one) => one.name === segments[2]) ?? null) : null;
  const namespace = kind.namespaced && segments.length > 1 ? (segments[0] ?? "") : "";
  const pod = isDerived && kind.derived?.from === "pods" ? (segments[1] ?? "") : "";
  const name = (object && side.title?.(object)) ?? segments.at(-1) ?? target.path;
  const created = timeIn(objectIn(asObject(object), "metadata"), "creationTimestamp");
  const words: Readonly<Record<string, { one: string; about: string }>> = m.kinds;
  const word = Object.hasOwn(words, kind.id) ? words[kind.id] : undefined;

  return (
    <header className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
        <Icon name={kindIcon(kind.id)} size={14} className="shrink-0" />
        <Link
          href={`/${encodeURIComponent(kind.id)}${printView({ in: [target.source] })}`}
          prefetch={false}
          className="min-w-6 hover:text-text hover:underline"
        >
          {kindTitle(m, kind.id)}
        </Link>
        {word ? <Explain term={word.one}>{word.about}</Explain> : null}
      </div>
      <h1 className="min-w-0 font-mono text-xl leading-7 font-semibold wrap-anywhere">
        <ClusterText text={name} />
      </h1>
      {object === null ? null : container ? (
        <Line level={gone ? "unknown" : container.health} gone={gone}>
          <ContainerWords container={container} />
          {health ? (
            <span className="ml-3 text-muted">{m.detail.containers.ofPod({ sentence: health.text })}</span>
          ) : null}
        </Line>
      ) : health ? (
        <Line level={gone ? "unknown" : health.level} gone={gone}>
          {health.text}
        </Line>
      ) : (
        <p className="text-muted">{m.detail.healthUnknown}</p>
      )}
      <dl className="flex flex-wrap gap-x-5 gap-y-0.5 text-sm text-muted [&_dd]:text-text [&_div]:flex [&_div]:min-w-0 [&_div]:gap-1.5">
        <div>
          <dt>{m.detail.source}</dt>
          <dd className="min-w-0 truncate font-mono">
            <ClusterText text={sources.find((source) => source.source === target.source)?.title ?? target.source} />
          </dd>
        </div>
        {namespace === "" ? null : (
          <div>
            <dt>{m.detail.namespace}</dt>
            <dd className="min-w-0 truncate font-mono">
              <Link
                href={hrefOf({ kind: "namespaces", source: target.source, path: namespace })}
                prefetch={false}
                className="hover:text-accent hover:underline"
              >
                <ClusterText text={namespace} />
              </Link>
            </dd>
          </div>
        )}
        {pod === "" ? null : (
          <div>
            <dt>{m.detail.containers.pod}</dt>
            <dd className="min-w-0 truncate font-mono">
              <Link
                href={hrefOf({ kind: "pods", source: target.source, path: `${namespace}/${pod}` })}
                prefetch={false}
                className="text-accent hover:underline"
              >
                <ClusterText text={pod} />
              </Link>
            </dd>
          </div>
        )}
        {created === null ? null : (
          <div>
            <dt>{m.detail.age}</dt>
            <dd>
              <Age at={created} className="font-mono" />
            </dd>
          </div>
        )}
        <div>
          <dt>{m.audit.title}</dt>
          <dd>
            <Link
              href={auditHref(isDerived ? kind.derived : null, target)}
              prefetch={false}
              className="text-accent hover:underline"
            >
              {m.audit.ofObject}
            </Link>
          </dd>
        </div>
      </dl>
    </header>
  );
}

/** What was done to a container was done to its pod. */
function auditHref(derived: Kind["derived"], { kind, source, path }: Ref): string {
  const object = derived ? { kind: derived.from, path: path.split("/").slice(0, 2).join("/") } : { kind, path };
  return `/audit${queryFor({ source, ...object })}`;
}

function Line({ level, gone, children }: { level: HealthLevel; gone: boolean; children: ReactNode }) {
  return (
    <p className="flex items-baseline gap-2">
      <HealthMark level={level} size={11} className="translate-y-px" />
      <bdi className={`min-w-0 wrap-anywhere ${gone ? "text-muted line-through" : ""}`}>{children}</bdi>
    </p>
  );
}

/** A container's own state; the sentence of its pod stands behind it. */
function ContainerWords({ container }: { container: PackedContainer }) {
  const words = useMessages().detail.containers;
  const parts = [
    container.state === "Running" ? (container.ready ? words.ready : words.notReady) : null,
    container.restarts ? words.restarts({ count: container.restarts }) : null,
  ].filter((part) => part !== null);
  return (
    <>
      <ClusterText text={container.state} className="font-medium" />
      {parts.length > 0 ? `, ${parts.join(", ")}` : null}
    </>
  );
}
