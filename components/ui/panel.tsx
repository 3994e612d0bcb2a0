import type { ReactNode } from "react";

type Props = { title?: ReactNode; aside?: ReactNode; children: ReactNode; className?: string; id?: string };

/** A framed part of a page with a heading of its own. */
export function Panel({ title, aside, children, className = "", id }: Props) {
  return (
    <section id={id} className={`rounded-lg border border-line bg-surface ${className}`}>
      {title === undefined ? null : (
        <header className="flex min-h-10 items-center justify-between gap-3 border-b border-line px-3.5 py-2">
          <h2 className="font-semibold">{title}</h2>
          {aside === undefined ? null : <div className="text-sm text-muted">{aside}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
