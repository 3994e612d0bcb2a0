import type { ReactNode } from "react";

import type { HealthLevel } from "@/lib/protocol/cell";

import { HealthMark } from "./health-mark";

type Props = {
  level?: HealthLevel;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** The notice is the whole page, and its title the page's. */
  page?: boolean;
};

/** Where there is nothing to show: why, and what to do next. */
export function Notice({ level, title, children, actions, page }: Props) {
  const Heading = page ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-xl flex-col items-start gap-2 px-6 py-12">
      <Heading className="flex items-center gap-2 text-lg font-semibold">
        {level ? <HealthMark level={level} size={13} /> : null}
        {title}
      </Heading>
      {children ? <div className="space-y-2 text-muted">{children}</div> : null}
      {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
