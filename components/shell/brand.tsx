/** Boxes on a hull: the mark of Stowage. Each box keeps its tone in both themes. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false" className="shrink-0">
      <g className="fill-accent">
        <rect x="6.6" y="2" width="4.6" height="4.2" rx=".6" opacity=".55" />
        <rect x="6.6" y="6.9" width="4.6" height="4.2" rx=".6" />
        <rect x="12" y="6.9" width="4.6" height="4.2" rx=".6" opacity=".55" />
        <rect x="1.2" y="6.9" width="4.6" height="4.2" rx=".6" opacity=".75" />
        <rect x="3.4" y="11.8" width="4.6" height="3.4" rx=".6" opacity=".55" />
        <rect x="8.8" y="11.8" width="4.6" height="3.4" rx=".6" opacity=".8" />
      </g>
      <path d="M1 16.4h18l-1.8 2.4H3.2z" className="fill-text" />
    </svg>
  );
}
