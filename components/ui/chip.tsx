import type { ReactNode } from "react";

/** A short word in a frame: a label, a role, an access mode. */
export function Chip({ children, className = "" }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={`inline-flex h-5 max-w-full items-center gap-1 truncate rounded-sm border border-line bg-sunken px-1.5 text-sm ${className}`}
    >
      {children}
    </span>
  );
}
