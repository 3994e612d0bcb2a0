"use client";

import { useRoomMessages } from "@/components/ui/room-messages";
import { useLocale } from "@/components/ui/messages";
import { formatBytes } from "@/lib/shared/bytes";
import { visibleText } from "@/lib/shared/visible-text";
import type { Assumptions, ModelledVm, VmModel } from "@/lib/stack/vm-model";

import { counted } from "./count";
import { Mark } from "./mark";
import styles from "./stack.module.css";

/** Machines that are drawn; the rest looks like them and is counted. */
const maxDrawn = 60;
const deck = 40;
const kernel = 24;

type Props = {
  model: VmModel;
  assumed: Assumptions;
  /** Of the part that is bytes, in px. */
  pixels: number;
  /** px of one byte where another drawing stands beside it. */
  scale?: number;
};

/** The same workload with a hypervisor below and a guest of its own under each group of containers. */
export function VmDrawing({ model, assumed, pixels, scale: given }: Props) {
  const m = useRoomMessages();
  const locale = useLocale();
  const drawn = model.vms.slice(0, maxDrawn);
  const highest = drawn.reduce((most, vm) => Math.max(most, bytesOf(vm, assumed)), 0);
  const scale = given ?? (highest === 0 ? 0 : pixels / highest);
  const containers = model.vms.reduce((sum, vm) => sum + vm.containers.length, 0);
  return (
    <section aria-label={m.stack.vmDrawing}>
      {/* No paragraph: an explanation may not stand in one. */}
      <div className="flex h-5 items-center gap-2 text-sm text-muted">
        {m.stack.vmsLead({ vms: counted(model.vms.length, locale), containers: counted(containers, locale) })}
        <Mark name="model" />
      </div>
      <ul className="flex items-end gap-[2px] overflow-hidden" style={{ minHeight: pixels + deck + kernel }}>
        {drawn.map((vm, place) => (
          <Machine key={vm.containers[0]?.id ?? place} vm={vm} place={place} assumed={assumed} scale={scale} />
        ))}
      </ul>
      <p className="border-t-2 border-line-strong" aria-hidden="true" />
      <p className="mt-1.5 rounded-md border border-line bg-surface px-3 py-2">
        <span className="font-semibold">{m.stack.hypervisor}</span>
      </p>
      {model.vms.length > drawn.length ? (
        <p className="mt-2 text-sm text-muted">{m.stack.moreVms(counted(model.vms.length - drawn.length, locale))}</p>
      ) : null}
    </section>
  );
}

function bytesOf({ layerBytes, writable }: ModelledVm, { guestDisk }: Assumptions): number {
  return guestDisk + layerBytes + (writable ?? 0);
}

type MachineProps = { vm: ModelledVm; place: number; assumed: Assumptions; scale: number };

function Machine({ vm, place, assumed, scale }: MachineProps) {
  const m = useRoomMessages();
  const locale = useLocale();
  const name = m.stack.vmNumber({ shown: (place + 1).toLocaleString(locale) });
  const bytes = formatBytes(bytesOf(vm, assumed));
  const names = visibleText(vm.containers.map((container) => container.name).join(", "));
  return (
    <li
      title={`${m.stack.vmLabel({ name, bytes, shown: vm.containers.length.toLocaleString(locale) })} · ${names}`}
      className={`min-w-0 flex-1 ${styles["room"]}`}
    >
      <div
        className="flex flex-col justify-center overflow-hidden rounded-t-sm border border-line-strong bg-surface px-1"
        style={{ height: deck }}
      >
        <bdi className={`${styles["word"]} truncate font-semibold`}>{names}</bdi>
        <span className={`${styles["word"]} truncate font-mono text-xs text-muted`}>{bytes}</span>
      </div>
      <div
        className="border-x border-accent bg-accent-soft"
        style={{ height: Math.max(1, (vm.layerBytes + (vm.writable ?? 0)) * scale) }}
      />
      <div
        className={`overflow-hidden border border-line-strong text-xs text-text ${styles["guest"]}`}
        style={{ height: Math.max(2, assumed.guestDisk * scale) }}
      >
        <span className={`${styles["word"]} truncate px-1`}>{m.stack.guestOs}</span>
      </div>
      <div className={`overflow-hidden rounded-b-sm text-xs text-text ${styles["kernel"]}`} style={{ height: kernel }}>
        <span className={`${styles["word"]} truncate px-1 leading-6`}>{name}</span>
      </div>
    </li>
  );
}
