"use client";

import type { ReactNode } from "react";

import { ClusterText } from "@/components/ui/cluster-text";
import { Explain } from "@/components/ui/explain";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import type { Stack } from "@/lib/protocol/stack";
import { formatBytes } from "@/lib/shared/bytes";

import { counted } from "./count";
import { Mark } from "./mark";

/** What the layers stand on: the runtime, the kernel, the virtual machine that this may itself be, and the hardware. */
export function BaseBars({ stack }: { stack: Stack }) {
  const m = useRoomMessages();
  const locale = useLocale();
  const { runtime, os, vm, hardware, containers } = stack;
  const count = counted(containers.length, locale);
  const running = containers.filter((container) => container.running).length.toLocaleString(locale);
  const product = runtime.product === "Engine" ? "Docker Engine" : runtime.product;
  return (
    <dl className="mt-1.5 space-y-1.5">
      <Bar title={m.stack.runtime}>
        <Word text={[product, runtime.version].filter(Boolean).join(" ") || null} />
        {runtime.storageDriver === null ? null : <Word text={m.stack.driver({ name: runtime.storageDriver })} />}
        {runtime.cgroup === null ? null : <Word text={m.stack.cgroup({ version: runtime.cgroup })} />}
        {runtime.kubelet === null ? null : <Word text={`kubelet ${runtime.kubelet}`} />}
        <span className="text-muted">{m.stack.running({ running, all: count.shown })}</span>
      </Bar>
      <Bar title={m.stack.os}>
        <Word text={os.name} />
        <Word text={os.kernel === null ? null : `Linux ${os.kernel}`} />
        {os.architecture === null ? null : <Word text={os.architecture} />}
        {count.count > 0 ? <span className="text-muted">{m.stack.oneKernel(count)}</span> : null}
      </Bar>
      <Bar title={m.stack.virtual}>
        {vm.instanceType === null ? null : <Word text={vm.instanceType} />}
        {vm.hypervisor === null ? null : <Word text={vm.hypervisor} />}
        {vm.provider === null ? null : <Word text={vm.provider} />}
        <span className="text-muted">
          {vm.isVirtual === null ? m.stack.vmUnknown : vm.isVirtual ? m.stack.isVm : m.stack.isMetal}
        </span>
        {vm.knownBy === null ? (
          <Mark name="unknown" />
        ) : (
          <Explain term={m.stack.virtual}>{m.stack.knownBy[vm.knownBy]}</Explain>
        )}
      </Bar>
      <Bar title={m.stack.hardware}>
        <Share
          title={m.stack.cpu}
          part={hardware.cpuRequested}
          whole={hardware.cpu}
          print={(millicores) => (millicores / 1000).toLocaleString(locale, { maximumFractionDigits: 1 })}
        />
        <Share title={m.stack.memory} part={hardware.memoryRequested} whole={hardware.memory} print={formatBytes} />
        {hardware.disk === null ? null : (
          <Share title={m.stack.disk} part={null} whole={hardware.disk} print={formatBytes} />
        )}
        {hardware.cpuRequested !== null && !stack.allContainers ? (
          <span className="text-sm text-muted">{m.stack.requestedPart}</span>
        ) : null}
      </Bar>
    </dl>
  );
}

function Bar({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 rounded-md border border-line bg-surface px-3 py-1.5">
      <dt className="w-32 shrink-0 font-semibold max-sm:w-full">{title}</dt>
      <dd className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1">{children}</dd>
    </div>
  );
}

function Word({ text }: { text: string | null }) {
  if (text === null) return <Mark name="unknown" />;
  return <ClusterText text={text} mono className="wrap-anywhere" />;
}

type ShareProps = { title: string; part: number | null; whole: number | null; print: (value: number) => string };

function Share({ title, part, whole, print }: ShareProps) {
  const m = useRoomMessages();
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      <span>{title}</span>
      {part !== null && whole ? (
        <span aria-hidden="true" className="h-1.5 w-20 rounded-sm bg-line">
          <span
            className="block h-full rounded-sm bg-accent"
            style={{ width: `${Math.min(100, Math.round((part / whole) * 100))}%` }}
          />
        </span>
      ) : null}
      {whole === null ? (
        <Mark name="unknown" />
      ) : (
        <span className="font-mono">
          {part === null ? print(whole) : m.stack.requested({ part: print(part), whole: print(whole) })}
        </span>
      )}
    </span>
  );
}
