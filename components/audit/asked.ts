/** The filter as it stands in the address: texts, and only what is not empty. */
export type Asked = Readonly<Partial<Record<AskedName, string>>>;

export const askedNames = ["person", "verb", "source", "kind", "path", "outcome", "from", "to", "q", "before"] as const;
type AskedName = (typeof askedNames)[number];

/** The query of an address for this filter, with changes; an empty value leaves it out. */
export function queryFor(asked: Asked, change: Readonly<Record<string, string>> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, ...change })) if (value !== "") params.set(name, value);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
