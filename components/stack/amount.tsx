"use client";

import { useLocale } from "@/components/ui/messages";
import { formatBytes } from "@/lib/shared/bytes";

import type { MarkName } from "./mark";
import { Mark } from "./mark";

type Props = { bytes: number | null; mark?: MarkName | null; about?: string };

/** Bytes for reading; all of them on hover. What nobody knows is a `?`. */
export function Amount({ bytes, mark = null, about }: Props) {
  const locale = useLocale();
  const why = about === undefined ? {} : { about };
  if (bytes === null) return <Mark name="unknown" {...why} />;
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
      <data value={bytes} title={`${bytes.toLocaleString(locale)} B`} className="font-mono">
        {formatBytes(bytes)}
      </data>
      {mark === null ? null : <Mark name={mark} {...why} />}
    </span>
  );
}
