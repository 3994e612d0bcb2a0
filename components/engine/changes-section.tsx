"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { Explain } from "@/components/ui/explain";
import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { useEngineView } from "@/lib/client/hooks/use-engine-view";

import { EngineNote } from "./engine-note";

const everyMs = 15_000;
const marks = { added: "+", changed: "~", deleted: "−" };
const tones = { added: "text-ok", changed: "text-muted", deleted: "text-failing" };

/** Files of a container that differ from its image. */
export function ChangesSection({ id, title, source, container }: Props) {
  const { engine } = useMessages();
  const words = engine.changes;
  const { value, error } = useEngineView({ source, view: "changes", container, every: everyMs });
  return (
    <Panel
      id={id}
      title={
        <span className="inline-flex items-center gap-1.5">
          {title}
          <Explain term={title}>{words.about}</Explain>
        </span>
      }
      aside={value ? words.count({ count: value.changes.length + value.more }) : undefined}
    >
      {value === null ? (
        <EngineNote error={error} />
      ) : value.changes.length === 0 ? (
        <p className="px-3.5 py-3 text-muted">{words.none}</p>
      ) : (
        <ScrollRegion label={title} className="max-h-96">
          <ul className="px-3.5 py-2.5">
            {value.changes.map(({ path, kind }) => (
              <li key={path} className="flex gap-2 py-0.5 font-mono text-sm">
                <span className={`w-3 shrink-0 ${tones[kind]}`} aria-hidden="true">
                  {marks[kind]}
                </span>
                <span className="sr-only">{words.kinds[kind]}</span>
                <span className="min-w-0 wrap-anywhere">
                  <ClusterText text={path} />
                </span>
              </li>
            ))}
            {value.more > 0 ? <li className="py-1 text-muted">{words.more({ count: value.more })}</li> : null}
          </ul>
        </ScrollRegion>
      )}
    </Panel>
  );
}

type Props = { id: string; title: string; source: string; container: string };
