"use client";

import { useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { useRoomMessages } from "@/components/ui/room-messages";
import { Panel } from "@/components/ui/panel";
import { changeStackView } from "@/lib/client/hooks/use-stack-view";
import type { AssumptionField } from "@/lib/stack/stack-view";
import { assumedAmount, assumptionFields, shownAmount } from "@/lib/stack/stack-view";
import type { Assumptions } from "@/lib/stack/vm-model";
import { usualAssumptions } from "@/lib/stack/vm-model";

/** What the model believes; a change redraws at once and stands in the address. */
export function AssumptionsForm({ assumed }: { assumed: Assumptions }) {
  const m = useRoomMessages();
  const id = useId();
  return (
    <Panel title={m.stack.assumptions} id="assumptions">
      <div className="space-y-1.5 px-3.5 py-2.5">
        {assumptionFields.map((field) => (
          <AssumptionInput key={field.name} id={`${id}-${field.name}`} field={field} assumed={assumed} />
        ))}
        <p className="text-sm text-muted">{m.stack.assumptionsAbout}</p>
        <Button size="sm" onClick={() => changeStackView({ assumed: usualAssumptions })}>
          {m.stack.usual}
        </Button>
      </div>
    </Panel>
  );
}

function AssumptionInput({ id, field, assumed }: { id: string; field: AssumptionField; assumed: Assumptions }) {
  const m = useRoomMessages();
  // What somebody types is theirs until they leave; then the address tells.
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <div className="flex items-center justify-between gap-3">
      <label htmlFor={id} className="text-muted">
        {m.stack.assumed[field.key]}
      </label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={field.least}
        max={field.most}
        value={typed ?? shownAmount(assumed, field)}
        onChange={(event) => {
          setTyped(event.target.value);
          const amount = assumedAmount(event.target.value, field);
          if (amount !== null && amount !== assumed[field.key])
            changeStackView({ assumed: { ...assumed, [field.key]: amount } });
        }}
        onBlur={() => setTyped(null)}
        className="h-7 w-24 rounded-md border border-control bg-surface px-2 text-right font-mono"
      />
    </div>
  );
}
