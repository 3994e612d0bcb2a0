import type { Kind } from "../../kinds/kind.ts";
import type { Person } from "../access/person.ts";
import type { Catalog } from "../cache/catalog.ts";
import { StowageError } from "../error.ts";

/**
 * The sources that a question means, an empty list being all that the person has a credential for. Throws `unknown-source` for
 * any other, whether or not it exists: not even the name of a source is told to somebody who cannot use it.
 */
export function sourcesFor(person: Person, wanted: readonly string[], catalog: Catalog): readonly string[] {
  const own = catalog.sources.filter((source) => person.credential(source) !== null);
  const unknown = wanted.find((source) => !own.includes(source));
  if (unknown !== undefined) throw new StowageError("unknown-source", unknown);
  return wanted.length === 0 ? own : own.filter((source) => wanted.includes(source));
}

/** Of those, the ones that have objects of a kind: a cluster has no volumes of an engine. Throws as `sourcesFor` does. */
export function sourcesOf(kind: Kind, person: Person, wanted: readonly string[], catalog: Catalog): readonly string[] {
  return sourcesFor(person, wanted, catalog).filter((source) => catalog.holds(source, kind));
}
