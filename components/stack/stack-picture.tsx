"use client";

import { useMemo } from "react";

import { CommandLine } from "@/components/detail/terminal-section";
import { Button } from "@/components/ui/button";
import { useLocale } from "@/components/ui/messages";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import { changeStackView } from "@/lib/client/hooks/use-stack-view";
import type { Stack } from "@/lib/protocol/stack";
import { formatBytes } from "@/lib/shared/bytes";
import { shellQuote } from "@/lib/shared/shell-quote";
import { chainHues } from "@/lib/stack/chain-hue";
import { findChain, planStack } from "@/lib/stack/stack-plan";
import type { StackView } from "@/lib/stack/stack-view";
import { modelVms } from "@/lib/stack/vm-model";

import { AssumptionsForm } from "./assumptions-form";
import { BaseBars } from "./base-bars";
import { Choice } from "./choice";
import { LayerPanel } from "./layer-panel";
import { layersOf } from "./layer-steps";
import { LedgerPanel } from "./ledger-panel";
import { PlanDrawing } from "./plan-drawing";
import { StackTable } from "./stack-table";
import { VmComparison } from "./vm-comparison";
import { VmDrawing } from "./vm-drawing";

/** How high the layers of a linear drawing are together, in px. */
const tall = 360;
const small = 250;

/** One machine as it is looked at: the drawing or its table, the ledger, and what is known of a layer. */
export function StackPicture({ stack, view }: { stack: Stack; view: StackView }) {
  const m = useRoomMessages();
  const { fold, scale, assumed } = view;
  const plan = useMemo(() => planStack(stack, { fold, scale }), [stack, fold, scale]);
  const hues = useMemo(() => chainHues(plan.forest.chains.values()), [plan.forest]);
  const model = useMemo(() => modelVms(stack, plan.forest, assumed), [stack, plan.forest, assumed]);
  const layers = useMemo(() => layersOf(stack), [stack]);
  const picked = findChain(plan.forest, view.layer);
  const zoomed = findChain(plan.forest, view.zoom);
  const bothHeight = Math.max(model.vms.length === 0 ? 0 : assumed.guestDisk, plan.onDisk, 1);
  return (
    <div className="@container">
      <div className="grid items-start gap-4 @min-[58rem]:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="min-w-0">
          {view.as === "containers" || view.as === "both" ? (
            <>
              <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1.5">
                {view.as === "both" ? null : (
                  <Choice
                    title={m.stack.heights}
                    about={m.stack.scalesAbout}
                    options={["linear", "damped"]}
                    words={m.stack.scales}
                    value={scale}
                    choose={(value) => changeStackView({ scale: value })}
                    titled
                  />
                )}
                <Choice
                  title={m.stack.folding}
                  about={m.stack.foldsAbout}
                  options={["auto", "none", "equal", "image"]}
                  words={m.stack.folds}
                  value={fold}
                  choose={(value) => changeStackView({ fold: value })}
                  titled
                />
                {zoomed === null ? null : (
                  <Button size="sm" onClick={() => changeStackView({ zoom: null }, "push")}>
                    {m.stack.whole}
                  </Button>
                )}
              </div>
              <PlanDrawing
                stack={stack}
                plan={plan}
                view={view}
                hues={hues}
                pixels={
                  view.as === "both"
                    ? Math.max(24, Math.min(tall, (plan.onDisk / bothHeight) * tall))
                    : plan.blocks.length === 0
                      ? small
                      : tall
                }
              />
              <BaseBars stack={stack} />
              <Proof stack={stack} plan={plan} view={view} isPart={zoomed !== null} />
            </>
          ) : null}
          {view.as === "both" ? <p className="mt-4 mb-1 text-sm text-muted">{m.stack.sameScale}</p> : null}
          {view.as === "vms" || view.as === "both" ? (
            <VmDrawing
              model={model}
              assumed={assumed}
              pixels={tall}
              {...(view.as === "both"
                ? { scale: Math.max(24, (plan.onDisk / bothHeight) * tall) / Math.max(1, plan.height) }
                : {})}
            />
          ) : null}
          {view.as === "vms" ? <BaseBars stack={stack} /> : null}
          {view.as === "table" ? <StackTable stack={stack} plan={plan} /> : null}
        </div>
        <aside className="flex min-w-0 flex-col gap-3" aria-label={m.stack.ledger}>
          {picked === null ? null : (
            <LayerPanel
              stack={stack}
              forest={plan.forest}
              chain={picked}
              layer={layers.get(picked.layer.chain)}
              zoomed={zoomed === picked}
            />
          )}
          {view.as === "vms" || view.as === "both" ? <VmComparison model={model} assumed={assumed} /> : null}
          <LedgerPanel stack={stack} forest={plan.forest} apart={plan.apart} assumed={assumed} />
          {view.as === "vms" || view.as === "both" ? <AssumptionsForm assumed={assumed} /> : null}
          <Panel title={m.stack.terminal}>
            <div className="space-y-1.5 px-3.5 py-2.5">
              {commandsFor(stack).map((line) => (
                <CommandLine key={line} line={line} />
              ))}
            </div>
          </Panel>
        </aside>
      </div>
    </div>
  );
}

type ProofProps = { stack: Stack; plan: ReturnType<typeof planStack>; view: StackView; isPart: boolean };

/** What heights and areas of this drawing prove, and what is not in it. */
function Proof({ stack, plan, view, isPart }: ProofProps) {
  const m = useRoomMessages();
  const locale = useLocale();
  return (
    <div className="mt-2 max-w-prose space-y-1 text-sm text-muted">
      <p
        data-on-disk={plan.onDisk}
        data-apart={plan.apart}
        title={`${plan.onDisk.toLocaleString(locale)} B · ${plan.apart.toLocaleString(locale)} B`}
      >
        {view.scale === "damped" && view.as === "containers"
          ? m.stack.proofDamped
          : isPart
            ? m.stack.proofZoomed
            : m.stack.proof({ disk: formatBytes(plan.onDisk), apart: formatBytes(plan.apart) })}
      </p>
      {stack.allContainers ? null : <p>{m.stack.partial}</p>}
      {stack.allImages ? null : <p>{m.stack.fewImages}</p>}
    </div>
  );
}

function commandsFor({ type, machine, images }: Stack): string[] {
  if (type === "node") {
    const node = shellQuote(machine.node ?? "");
    return [`kubectl get node ${node} -o yaml`, `kubectl get pods -A --field-selector spec.nodeName=${node}`];
  }
  const image = images[0]?.names[0];
  return ["docker system df -v", ...(image === undefined ? [] : [`docker history ${shellQuote(image)}`])];
}
