import type { ReactNode } from "react";

import { Icon } from "@/components/ui/icon";

/** A list that is folded to how long it is. */
export function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group/fold">
      <summary className="inline-flex items-center gap-1 text-muted hover:text-text">
        <Icon name="chevron-right" size={12} className="shrink-0 text-faint group-open/fold:rotate-90" />
        {title}
      </summary>
      <div className="mt-1 rounded-md bg-sunken px-2.5 py-1.5">{children}</div>
    </details>
  );
}
