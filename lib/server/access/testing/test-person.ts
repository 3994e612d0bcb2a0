import type { Person } from "../person.ts";

/** Somebody for a test: a viewer without any credential unless it says otherwise. */
export function testPerson(differences: Partial<Person> = {}): Person {
  const id = differences.id ?? "p";
  return {
    id,
    account: id,
    name: id,
    role: "viewer",
    session: null,
    address: "",
    credential: () => null,
    ...differences,
  };
}
