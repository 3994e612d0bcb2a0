"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { Explain } from "@/components/ui/explain";
import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { useEngineView } from "@/lib/client/hooks/use-engine-view";
import type { Messages } from "@/lib/i18n/en";
import type { IsolationRow } from "@/lib/kinds/engine-isolation";
import type { EngineHost } from "@/lib/protocol/engine";
import { formatBytes } from "@/lib/shared/bytes";

type Props = { id: string; title: string; rows: readonly IsolationRow[]; source: string };

/** What a container has for itself and what it shares with its host, aspect by aspect. */
export function IsolationSection({ id, title, rows, source }: Props) {
  const m = useMessages();
  const words = m.engine.isolation;
  const { value: host } = useEngineView({ source, view: "host", container: null, every: 0 });
  return (
    <Panel id={id} title={title}>
      <ScrollRegion label={title} className="">
        <table className="w-full min-w-[34rem]">
          <thead>
            <tr className="border-b border-line text-left text-sm text-muted">
              {[words.aspect, words.container, words.host].map((head) => (
                <th key={head} scope="col" className="px-3.5 py-1.5 font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.aspect} className="border-b border-line last:border-b-0">
                <th scope="row" className="px-3.5 py-1 text-left font-normal">
                  <span className="inline-flex items-center gap-1.5">
                    {words.aspects[row.aspect]}
                    <Explain term={words.aspects[row.aspect]}>{words.about[row.aspect]}</Explain>
                  </span>
                </th>
                <td className="px-3.5 py-1">
                  <span className="inline-flex items-baseline gap-2">
                    <StateMark state={row.state} />
                    <ClusterText text={textOf(row, words)} />
                  </span>
                </td>
                <td className="px-3.5 py-1 text-muted">{host ? hostText(row, host, words) : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  );
}

/** Closed for what is kept apart, half for what is limited, open for what is shared or not limited. */
function StateMark({ state }: { state: IsolationRow["state"] }) {
  const filled = state === "own" ? "fill-ok" : state === "limited" ? "fill-accent" : "fill-none";
  const tone = state === "own" ? "stroke-ok" : state === "limited" ? "stroke-accent" : "stroke-warning";
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" className="shrink-0 translate-y-px">
      <rect x="1" y="1" width="8" height="8" rx="1.5" className={`${tone} fill-none`} strokeWidth="1.4" />
      {state === "own" ? <rect x="2.6" y="2.6" width="4.8" height="4.8" className={filled} /> : null}
      {state === "limited" ? <rect x="2.6" y="5" width="4.8" height="2.4" className={filled} /> : null}
    </svg>
  );
}

function textOf({ aspect, state, value }: IsolationRow, words: Messages["engine"]["isolation"]): string {
  if (aspect === "mounts" && value !== "") return words.readOnly;
  if (state === "shared" && value.startsWith("container:")) return words.sharedWith({ value });
  if (aspect === "account") return value;
  const word = words.states[state];
  return value === "" || value === "host" || value === "default" || value === "shareable" ? word : `${word}: ${value}`;
}

function hostText({ aspect }: IsolationRow, host: EngineHost, words: Messages["engine"]["isolation"]): string {
  switch (aspect) {
    case "kernel":
      return `${host.os} · ${host.kernel}`;
    case "memory":
      return host.memory === null ? "" : words.hostValues.memory({ value: formatBytes(host.memory) });
    case "cpu":
      return host.cpus === null ? "" : words.hostValues.cpu({ count: host.cpus });
    case "cgroupns":
      return host.cgroup;
    case "seccomp":
    case "apparmor":
      return host.security.includes(aspect) ? aspect : words.hostValues.none;
    case "user":
      return host.security.filter((option) => option === "userns" || option === "rootless").join(", ");
    default:
      return "";
  }
}
