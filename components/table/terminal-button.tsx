"use client";

import { useFrame } from "@/components/shell/frame-context";
import { ClusterText } from "@/components/ui/cluster-text";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { useMessages } from "@/components/ui/messages";
import { Popover } from "@/components/ui/popover";
import type { ViewAddress } from "@/lib/client/store/view-address";
import { dockerList } from "@/lib/client/terminal/docker-commands";
import { kubectlList } from "@/lib/client/terminal/kubectl-list";
import { sideOf } from "@/lib/kinds/kind";
import type { Column, Kind } from "@/lib/kinds/kind";

/** What to type for the same list in a terminal, for each source, and what kubectl cannot say. */
export function TerminalButton({ kind, view, columns }: { kind: Kind; view: ViewAddress; columns: readonly Column[] }) {
  const m = useMessages();
  return (
    <Popover
      align="end"
      label={m.table.terminal}
      button={
        <>
          <Icon name="terminal" />
          <span className="max-xl:sr-only">{m.table.terminal}</span>
        </>
      }
    >
      <Commands kind={kind} view={view} columns={columns} />
    </Popover>
  );
}

function Commands({ kind, view, columns }: { kind: Kind; view: ViewAddress; columns: readonly Column[] }) {
  const m = useMessages();
  const { sources } = useFrame();
  const chosen = sources.filter((source) => view.in.length === 0 || view.in.includes(source.source));
  const wide = columns.some((column) => column.table !== undefined && (column.show === "wide" || column.id === "node"));
  const lists = chosen
    .filter(({ type }) => type === "cluster" && sideOf(kind, type) !== null)
    .map((source) => kubectlList(kind, view.q, source.title, wide));
  const docker = chosen.some(({ type }) => type === "engine") ? dockerList(kind) : null;
  const commands = [...lists.map(({ command }) => command), ...(docker === null ? [] : [docker])];
  const left = lists[0]?.left ?? [];
  return (
    <div className="w-136 max-w-full space-y-2.5 p-3.5">
      {commands.map((command) => (
        <div key={command} className="flex items-start gap-2">
          <code className="min-w-0 flex-1 rounded-md bg-sunken px-2.5 py-1.5 break-words">
            <ClusterText text={command} />
          </code>
          <CopyButton text={command} />
        </div>
      ))}
      {left.length > 0 ? (
        <p className="text-sm text-muted">
          <ClusterText text={m.table.terminalLeft({ terms: left.join(" ") })} />
        </p>
      ) : null}
      {view.sort === "" ? null : <p className="text-sm text-muted">{m.table.terminalSort}</p>}
      {kind.derived && lists.length > 0 ? <p className="text-sm text-muted">{m.table.terminalDerived}</p> : null}
    </div>
  );
}
