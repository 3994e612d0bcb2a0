"use client";

import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Notice } from "@/components/ui/notice";
import { changeStackView, useStackView } from "@/lib/client/hooks/use-stack-view";
import { useStack } from "@/lib/client/hooks/use-stack";
import type { WireError } from "@/lib/protocol/error";
import type { Machine, Stack, StackAnswer } from "@/lib/protocol/stack";
import { parseMachine, printMachine } from "@/lib/protocol/stack";
import { pictures } from "@/lib/stack/stack-view";

import { Choice } from "./choice";
import { counted } from "./count";
import { MachineChooser } from "./machine-chooser";
import { StackPicture } from "./stack-picture";

type Props = { machines: readonly Machine[]; initial: StackAnswer | null; error: WireError | null };

/** A machine drawn as it is built; which one and how stands in the address. */
export function StackPage({ machines, initial, error: firstError }: Props) {
  const m = useRoomMessages();
  const view = useStackView();
  const first = machines[0] ?? null;
  const on = view.on === null ? first : parseMachine(view.on);
  const start =
    initial !== null && on !== null && printMachine(initial.stack.machine) === printMachine(on) ? initial : null;
  const { answer, error: liveError } = useStack(on, start);
  const error = liveError ?? (answer === null ? firstError : null);
  const machine =
    answer?.stack.machine ?? machines.find((each) => on !== null && printMachine(each) === printMachine(on)) ?? null;
  return (
    <div className="mx-auto flex max-w-[110rem] flex-col gap-3 px-4 pt-3 pb-6 max-sm:px-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-xl font-semibold wrap-anywhere">
          {machine === null ? m.stack.title : <ClusterText text={machine.title} />}
          {machine === null ? null : <span className="sr-only"> · {m.stack.title}</span>}
        </h1>
        {answer === null ? null : <Lead stack={answer.stack} />}
        <span className="flex-1" />
        {machines.length > 1 ? <MachineChooser machines={machines} view={view} here={machine} /> : null}
        <Choice
          title={m.stack.picture}
          options={pictures}
          words={m.stack.pictures}
          value={view.as}
          choose={(as) => changeStackView({ as }, "push")}
        />
      </header>
      {answer !== null && error !== null ? (
        <p role="status" className="flex items-center gap-2 text-warning-text">
          <HealthMark level="warning" size={12} />
          {m.stack.lost}
        </p>
      ) : null}
      {answer !== null ? (
        <StackPicture stack={answer.stack} view={view} />
      ) : error !== null ? (
        <Notice level="failing" title={m.errors[error.code]}>
          {error.detail ? <ClusterText text={error.detail} mono /> : null}
        </Notice>
      ) : on === null ? (
        <Notice title={m.stack.none}>
          <p>{m.stack.noneBody}</p>
        </Notice>
      ) : (
        <p role="status" className="py-4 text-muted">
          {m.stack.reading}
        </p>
      )}
    </div>
  );
}

function Lead({ stack }: { stack: Stack }) {
  const m = useRoomMessages();
  const locale = useLocale();
  const layers = new Set(stack.images.flatMap((image) => image.layers.map(({ chain }) => chain))).size;
  const failing = stack.containers.filter(({ health }) => health === "failing").length;
  return (
    <p className="min-w-0 text-muted wrap-anywhere">
      {stack.machine.node === null ? null : (
        <>
          <ClusterText text={stack.machine.sourceTitle} />
          {" · "}
        </>
      )}
      {m.stack.lead({ containers: counted(stack.containers.length, locale), layers: counted(layers, locale) })}
      {failing > 0 ? m.stack.failing(counted(failing, locale)) : null}
    </p>
  );
}
