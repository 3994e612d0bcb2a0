import { memo } from "react";

import { bothTimes } from "@/components/ui/age";
import { useLocale, useMessages } from "@/components/ui/messages";
import { wrapRuns } from "@/lib/client/logs/line-rows";
import type { LineText } from "@/lib/client/logs/line-text";
import { lineText } from "@/lib/client/logs/line-text";
import type { LogFilter } from "@/lib/client/logs/log-filter";
import { levelOf } from "@/lib/client/logs/log-level";
import type { LogLine as Line } from "@/lib/client/logs/log-line";

import type { Mark } from "./line-run";
import { Run } from "./line-run";
import css from "./log-lines.module.css";

/** Cells of `11-24 12:50:15.123` and the space behind it. */
export const timeColumns = 20;
const mostMarks = 50;
/** Where matches are looked for to be lit up; the filter itself looks at all of a line. */
const litCharacters = 1000;

type Props = {
  line: Line;
  /** Pixels from the top of all rows, a multiple of the row's height. */
  top: number;
  /** Cells of a row, null where lines are not wrapped. */
  columns: number | null;
  times: boolean;
  gap: boolean;
  filter: LogFilter | null;
  showFrom: (line: Line) => void;
};

export const LogLine = memo(function LogLine({ line, top, columns, times, gap, filter, showFrom }: Props) {
  const m = useMessages();
  const locale = useLocale();
  const text = lineText(line.text);
  const marks = filter ? marksOf(text, filter) : [];
  const rows = columns === null ? [text.runs] : wrapRuns(text.runs, columns);
  const at = Date.parse(line.stamp) / 1000;

  return (
    <div
      className={`${css["line"]} ${gap ? css["gap"] : ""} group px-3`}
      style={{ top }}
      data-level={levelOf(text.plain) ?? undefined}
      title={gap ? m.logs.gap : undefined}
    >
      {rows.map((runs, row) => (
        <span key={row} className={css["row"]}>
          {times ? (
            <span
              className="inline-block select-none text-faint"
              style={{ width: `${timeColumns}ch` }}
              title={row === 0 ? timeTitle(line, at, locale) : undefined}
            >
              {row === 0 ? clockText(at) : ""}
            </span>
          ) : null}
          <bdi>
            {runs.map((run) => (
              <Run key={run.from} run={run} marks={marks} />
            ))}
          </bdi>
          {text.hidden > 0 && row === rows.length - 1 ? (
            <span className="text-faint" title={m.logs.cutAbout}>
              {m.logs.cut({ shown: text.hidden.toLocaleString(locale) })}
            </span>
          ) : null}
          {filter && row === 0 ? (
            <button
              type="button"
              onClick={() => showFrom(line)}
              className="sticky right-3 float-right ml-4 rounded-sm border border-line-strong bg-surface px-1 font-sans text-xs text-muted opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
            >
              {m.logs.showAll}
            </button>
          ) : null}
        </span>
      ))}
    </div>
  );
});

function marksOf(text: LineText, filter: LogFilter): Mark[] {
  const looked = text.plain.slice(0, litCharacters);
  const marks: Mark[] = [];
  let from = 0;
  while (marks.length < mostMarks) {
    const found = filter.find(looked, from);
    if (!found) break;
    marks.push(found);
    from = found.end;
  }
  return marks;
}

/** The reader's own time; the year and the zone are in the title. */
function clockText(at: number): string {
  const date = new Date(at * 1000);
  if (Number.isNaN(date.getTime())) return "";
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

function timeTitle(line: Line, at: number, locale: string): string | undefined {
  return line.stamp === "" ? undefined : `${bothTimes(at, locale).split("\n")[0] ?? ""}\n${line.stamp}`;
}
