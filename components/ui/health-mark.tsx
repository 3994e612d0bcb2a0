import type { HealthLevel } from "@/lib/protocol/cell";

/** Each level has a shape of its own, so that it can be told without colour. */
const shapes: Record<HealthLevel, React.ReactNode> = {
  failing: <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill="currentColor" />,
  warning: <path d="M6 1 11.3 10.6H.7z" fill="currentColor" />,
  unknown: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.2 1.6" />,
  starting: (
    <path d="M6 2a4 4 0 1 1-3.9 3.1" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
  ),
  done: (
    <path
      d="m2 6.4 2.6 2.6L10 3.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  ok: <circle cx="6" cy="6" r="4" fill="currentColor" />,
};

const colours: Record<HealthLevel, string> = {
  failing: "text-failing",
  warning: "text-warning",
  unknown: "text-faint",
  starting: "text-starting",
  done: "text-muted",
  ok: "text-ok",
};

/** The mark beside a word that says the same; it is never alone. */
export function HealthMark({
  level,
  size = 12,
  className = "",
}: {
  level: HealthLevel;
  size?: number;
  className?: string;
}) {
  return (
    <svg
      className={`inline-block shrink-0 ${colours[level]} ${className}`}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[level]}
    </svg>
  );
}
