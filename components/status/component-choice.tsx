"use client";

import { useRoomMessages } from "@/components/ui/room-messages";
import type { SeenComponent } from "@/lib/protocol/status-admin";

type Props = {
  components: readonly SeenComponent[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

/** Which components something affects. */
export function ComponentChoice({ components, chosen, onChange }: Props) {
  const m = useRoomMessages();
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{m.status.admin.affected}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {components.map(({ component: { id, name } }) => (
          <label key={id} className="inline-flex items-center gap-1.5">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
            />
            {name.en}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
