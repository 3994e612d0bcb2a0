"use client";

import type { RefObject } from "react";
import { memo } from "react";

import { useLocale, useMessages } from "@/components/ui/messages";
import { useScrollBox } from "@/lib/client/hooks/use-scroll-box";
import { rowsInView, spareRows } from "@/lib/client/rows-in-view";
import type { YamlToken } from "@/lib/client/yaml/yaml-tokens";
import { yamlTokens } from "@/lib/client/yaml/yaml-tokens";
import { visibleText } from "@/lib/shared/visible-text";

import css from "./yaml-view.module.css";

export const yamlRowHeight = 18;
/** More lines than this make a box that browsers cannot scroll. */
export const mostLines = 500_000;
/** So many lines are all in the page, for the browser's own search and for whoever selects some. */
const wholeLines = 1000;
/** Characters of one line that are drawn. */
const mostCharacters = 4000;

type Props = {
  box: RefObject<HTMLDivElement | null>;
  lines: readonly string[];
  /** 1 for lines that are the text of a block. */
  inside: Uint8Array;
  /** The line that was found, null for none. */
  here: number | null;
  label: string;
};

/** The lines that are in view, out of any number. */
export function YamlLines({ box, lines, inside, here, label }: Props) {
  const rows = Math.min(lines.length, mostLines);
  const seen = useScrollBox(box, (spareRows / 2) * yamlRowHeight);
  const [first, end] = rows <= wholeLines ? [0, rows] : rowsInView(seen, rows, yamlRowHeight);
  const digits = String(rows).length;
  return (
    <div
      ref={box}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
      tabIndex={0}
      role="region"
      aria-label={label}
      className={`${css["lines"]} relative overflow-auto`}
      style={{ height: `min(${rows * yamlRowHeight + 16}px, 70dvh)` }}
    >
      <div style={{ height: rows * yamlRowHeight }}>
        {Array.from({ length: Math.max(0, end - first) }, (_, n) => first + n).map((index) => (
          <YamlLine
            key={index}
            index={index}
            line={lines[index] ?? ""}
            inside={inside[index] === 1}
            here={index === here}
            digits={digits}
          />
        ))}
      </div>
    </div>
  );
}

type LineProps = { index: number; line: string; inside: boolean; here: boolean; digits: number };

const YamlLine = memo(function YamlLine({ index, line, inside, here, digits }: LineProps) {
  const m = useMessages();
  const locale = useLocale();
  const drawn = line.length > mostCharacters ? line.slice(0, mostCharacters) : line;
  return (
    <div className={css["line"]} style={{ top: index * yamlRowHeight }} data-here={here || undefined}>
      <span className={css["number"]} aria-hidden="true" style={{ minWidth: `calc(${digits}ch + 1.5rem)` }}>
        {index + 1}
      </span>
      {yamlTokens(drawn, inside).map((token, place) => (
        <span key={place} className={classOf(token, inside)}>
          {visibleText(token.text.replaceAll("\t", "        "))}
        </span>
      ))}
      {drawn.length < line.length ? (
        <span className={css["mark"]}>
          {m.detail.yaml.cut({ shown: (line.length - drawn.length).toLocaleString(locale) })}
        </span>
      ) : null}
    </div>
  );
});

function classOf(token: YamlToken, inside: boolean): string | undefined {
  switch (token.type) {
    case "key":
      return css["key"];
    case "mark":
      return css["mark"];
    case "number":
    case "word":
      return css["numeric"];
    case "text":
      return inside ? css["text"] : css["value"];
  }
}
