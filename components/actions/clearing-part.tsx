import { ClusterText } from "@/components/ui/cluster-text";
import { useLocale, useMessages } from "@/components/ui/messages";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ClearedItem, Clearing } from "@/lib/protocol/action-answer";
import { formatBytes } from "@/lib/shared/bytes";

/** Lines of one list; a disk may have thousands. */
const most = 200;

/** What a removal takes from an engine's disk, or took, and what stays because of whom. */
export function ClearingPart({ clearing, done }: { clearing: Clearing; done: boolean }) {
  const words = useMessages().engineActions;
  const locale = useLocale();
  const { frees, goes, keeps, stayed, unannounced } = clearing;
  const count = (items: readonly unknown[]) => ({ count: items.length.toLocaleString(locale) });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  if (!done && goes.length === 0 && keeps.length === 0) return <p>{words.nothingToPrune}</p>;
  return (
    <div className="space-y-2">
      {frees === null ? (
        done ? null : (
          <p className="text-muted">{words.freesUnknown}</p>
        )
      ) : (
        <p className="font-medium">
          {done ? words.freed({ bytes: formatBytes(frees) }) : words.frees({ bytes: formatBytes(frees) })}
        </p>
      )}
      {goes.length > 0 ? <Items title={done ? words.gone(count(goes)) : words.goes(count(goes))} items={goes} /> : null}
      {keeps.length > 0 ? (
        <Items
          title={words.keeps(count(keeps))}
          items={keeps}
          aside={(index) => {
            const because = keeps[index]?.because ?? [];
            return because.length === 0 ? null : words.because({ list: list.format(because) });
          }}
        />
      ) : null}
      {stayed.length > 0 ? (
        <div className="rounded-md bg-warning-soft px-2.5 py-1.5 text-warning-text">
          <p className="font-medium">{words.stayed}</p>
          {stayed.slice(0, most).map(({ name, why }) => (
            <ClusterText key={name} text={`${name}: ${why}`} className="block wrap-anywhere" />
          ))}
        </div>
      ) : null}
      {unannounced > 0 ? <p>{words.unannounced({ count: unannounced.toLocaleString(locale) })}</p> : null}
    </div>
  );
}

function Items({
  title,
  items,
  aside,
}: {
  title: string;
  items: readonly ClearedItem[];
  aside?: (index: number) => string | null;
}) {
  const words = useMessages().engineActions;
  const locale = useLocale();
  const kinds: Readonly<Record<string, string>> = words.items;
  return (
    <section className="space-y-1">
      <h4 className="text-sm text-muted">{title}</h4>
      <ScrollRegion label={title} className="max-h-56 rounded-md border border-line">
        <ul className="divide-y divide-line">
          {items.slice(0, most).map(({ kind, id, name, bytes }, index) => {
            const more = aside?.(index);
            return (
              <li key={`${kind} ${id}`} className="px-2.5 py-1">
                <span className="flex items-baseline gap-2">
                  <span className="text-sm text-muted">{kinds[kind] ?? kind}</span>
                  <ClusterText text={name} className="min-w-0 flex-1 font-mono wrap-anywhere" />
                  <span className="shrink-0 font-mono tabular-nums">{bytes === null ? "?" : formatBytes(bytes)}</span>
                </span>
                {more ? <ClusterText text={more} className="block text-sm text-muted wrap-anywhere" /> : null}
              </li>
            );
          })}
          {items.length > most ? (
            <li className="px-2.5 py-1 text-muted">
              {words.others({ count: (items.length - most).toLocaleString(locale) })}
            </li>
          ) : null}
        </ul>
      </ScrollRegion>
    </section>
  );
}
