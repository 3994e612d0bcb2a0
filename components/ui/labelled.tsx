import type { ReactNode } from "react";

type Props = {
  /** Of the control; what is said below it has the same with `-hint` behind. */
  id: string;
  label: string;
  hint?: string | undefined;
  className?: string;
  children: ReactNode;
};

/** A control with its name above and what it is for below. */
export function Labelled({ id, label, hint, className, children }: Props) {
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
