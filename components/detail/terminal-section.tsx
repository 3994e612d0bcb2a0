"use client";

import { useFrame } from "@/components/shell/frame-context";
import { CopyButton } from "@/components/ui/copy-button";
import { useMessages } from "@/components/ui/messages";
import { Panel } from "@/components/ui/panel";
import { containerViewsOf } from "@/lib/client/detail/container-view";
import { dockerObject } from "@/lib/client/terminal/docker-commands";
import { kubectlObject } from "@/lib/client/terminal/kubectl-object";
import { useDetailAddress } from "@/lib/client/hooks/use-detail-address";
import type { Kind } from "@/lib/kinds/kind";
import type { KubeObject } from "@/lib/protocol/object";
import type { Ref } from "@/lib/protocol/ref";

/** The commands of kubectl or docker for what is on the page. */
export function TerminalSection({ kind, target, object }: { kind: Kind; target: Ref; object: KubeObject }) {
  const m = useMessages();
  const { sources } = useFrame();
  const { logs } = useDetailAddress();
  const source = sources.find((each) => each.source === target.source);
  const ofEngine = source?.type === "engine";
  const context = source?.title ?? null;
  const containers = kind.id === "pods" ? containerViewsOf(object) : [];
  const container =
    containers.length > 1
      ? (containers.find((one) => one.name === logs) ?? containers.find((one) => one.type === "container"))
      : null;
  const commands = ofEngine
    ? dockerObject(kind, target.path)
    : kubectlObject({ kind, context, path: target.path, container: container?.name ?? null });
  return (
    <Panel
      id="terminal"
      title={m.detail.terminal.title}
      aside={
        <span className="max-sm:hidden">{ofEngine ? m.detail.terminal.aboutDocker : m.detail.terminal.about}</span>
      }
    >
      <ul className="divide-y divide-line">
        {commands.map(({ purpose, line }) => (
          <li
            key={purpose}
            className="grid items-center gap-x-4 gap-y-1 px-3.5 py-2 lg:grid-cols-[16rem_minmax(0,1fr)]"
          >
            <span className="text-muted">{m.detail.commands[purpose]}</span>
            <CommandLine line={line} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** One command, and a button that copies it. Everything in it that would not be seen is escaped already. */
export function CommandLine({ line }: { line: string }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <code className="min-w-0 flex-1 rounded-md bg-sunken px-2 py-1 wrap-anywhere">
        <bdi>{line}</bdi>
      </code>
      <CopyButton text={line} />
    </span>
  );
}
