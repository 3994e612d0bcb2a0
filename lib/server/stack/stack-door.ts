import type { Machine, MachineRef, StackAnswer } from "../../protocol/stack.ts";
import type { Person } from "../access/person.ts";

/** Machines as they are built, for whoever may see them. */
export type StackDoor = {
  /** Engines first, then nodes by source and name; at most `maxMachines`. */
  machines(person: Person): Promise<readonly Machine[]>;
  /** Throws `unknown-source`, `not-found`, `forbidden`, `source-unreachable`, `source-refused`. */
  read(person: Person, machine: MachineRef): Promise<StackAnswer>;
};
