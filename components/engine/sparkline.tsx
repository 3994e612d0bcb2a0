const [width, height] = [120, 24];

/** A line through the last values, as high as the highest of them; it says nothing to a screen reader that the figure does not. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  const most = Math.max(...known, Number.EPSILON);
  const step = width / Math.max(1, values.length - 1);
  const points = values.flatMap((value, index) =>
    value === null ? [] : [`${(index * step).toFixed(1)},${(height - 1 - (value / most) * (height - 2)).toFixed(1)}`],
  );
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="mt-1 block h-6 w-full max-w-40"
      aria-hidden="true"
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line" />
      {points.length > 1 ? (
        <polyline points={points.join(" ")} className="fill-none stroke-accent" strokeWidth="1.3" />
      ) : null}
    </svg>
  );
}
