"use client";

import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import type { ContainerView } from "@/lib/client/detail/container-view";
import { containerViewsOf } from "@/lib/client/detail/container-view";

import { ContainerCard } from "./container-card";
import type { SectionProps } from "./section-part";

/** More containers than this stand folded, unless something is wrong with one. */
const openCards = 3;

function startsOpen(view: ContainerView, count: number): boolean {
  const health = view.now?.health ?? null;
  if (health === "failing" || health === "warning" || count === 1) return true;
  return count <= openCards && health !== "done";
}

/** The containers of a pod, or those that a template makes. On a container's own page, that one. */
export function ContainersSection({ part, kind, target, answer }: SectionProps) {
  const m = useMessages();
  const all = containerViewsOf(answer.object);
  const only = kind.derived ? target.path.split("/")[2] : undefined;
  const views = only === undefined ? all : all.filter((view) => view.name === only);
  return (
    <Panel
      id={part.id}
      title={
        <>
          {part.title}
          {views.length > 1 ? (
            <span className="ml-2 font-mono text-sm font-normal text-muted">{views.length}</span>
          ) : null}
        </>
      }
    >
      {views.length === 0 ? <p className="px-3.5 py-3 text-muted">{m.detail.containers.none}</p> : null}
      <ul className="divide-y divide-line">
        {views.map((view, index) => (
          <li key={`${view.name} ${index}`}>
            <ContainerCard
              view={view}
              source={target.source}
              podPath={only === undefined && kind.id === "pods" ? target.path : null}
              pod={podOf(kind.id, target)}
              startOpen={startsOpen(view, views.length)}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The pod whose containers these are; those of a template are in none. */
function podOf(kind: string, { source, path }: SectionProps["target"]): string | null {
  if (kind !== "pods" && kind !== "containers") return null;
  return [source, ...path.split("/").slice(0, 2)].join("/");
}
