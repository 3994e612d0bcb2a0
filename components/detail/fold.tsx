import type { ReactNode } from "react";

/** A list that is folded to how long it is. */
export function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details>
      <summary className="text-muted hover:text-text">{title}</summary>
      <div className="mt-1 rounded-md bg-sunken px-2.5 py-1.5">{children}</div>
    </details>
  );
}
