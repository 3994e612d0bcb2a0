/** The shape of text that is on its way. */
export function Skeleton({ className = "" }: { className?: string }) {
  return <span aria-hidden="true" className={`inline-block h-2.5 rounded-sm bg-line align-middle ${className}`} />;
}
