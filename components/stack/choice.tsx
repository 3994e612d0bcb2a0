"use client";

import { Explain } from "@/components/ui/explain";

type Props<T extends string> = {
  title: string;
  about?: string;
  options: readonly T[];
  words: Readonly<Record<T, string>>;
  value: T;
  choose: (value: T) => void;
  /** The title stands before it, not only in its name. */
  titled?: boolean;
};

/** One of a few, as buttons beside each other. */
export function Choice<T extends string>({ title, about, options, words, value, choose, titled }: Props<T>) {
  return (
    <div className="flex items-center gap-1.5">
      {titled ? <span className="text-sm text-muted">{title}</span> : null}
      <div
        role="group"
        aria-label={title}
        className="inline-flex rounded-md border border-line-strong bg-surface p-0.5"
      >
        {options.map((option) => (
          <button
            key={option}
            type="button"
            aria-pressed={option === value}
            onClick={() => choose(option)}
            className="h-6 rounded-sm px-2 text-sm whitespace-nowrap text-muted hover:bg-hover hover:text-text aria-pressed:bg-accent-soft aria-pressed:font-semibold aria-pressed:text-accent"
          >
            {words[option]}
          </button>
        ))}
      </div>
      {about === undefined ? null : <Explain term={title}>{about}</Explain>}
    </div>
  );
}
