import type { Person } from "./person.ts";

/** Whoever the kubeconfig belongs to: the cache reads as this one, and in the local face so does the person. */
export const reader: Person = {
  id: "reader",
  account: "reader",
  name: "",
  role: "admin",
  session: null,
  address: "",
  credential: () => ({ type: "reader" }),
};
