import type { Cell } from "../protocol/cell.ts";
import type { WireError } from "../protocol/error.ts";
import type { Overview, SourceSummary } from "../protocol/overview.ts";
import type { ObjectAnswer } from "../protocol/object.ts";
import type { Query, Snapshot, SourceState } from "../protocol/query.ts";
import type { Ref } from "../protocol/ref.ts";
import type { AccessDoor, RequestHeaders } from "./access/access-door.ts";
import type { Person } from "./access/person.ts";
import type { ActionsDoor } from "./actions/actions-door.ts";
import type { AuditDoor } from "./audit/audit-door.ts";
import type { EnginesDoor } from "./engines/engines-door.ts";
import type { RegistriesDoor } from "./registries/registries-door.ts";
import type { StackDoor } from "./stack/stack-door.ts";
import type { StatusDoor } from "./status/open-status.ts";

/**
 * All that pages and routes may ask of the server. Each call authorises for itself; errors are StowageErrors by code.
 * The one object that implements it is made in runtime.ts and reached through next.ts.
 */
export type Stowage = {
  /** `local`: one person, no sign-in page. `team`: people sign in. */
  readonly face: "local" | "team";
  /** Everything shown is invented: the demo world was asked for, or there was nothing to connect to. */
  readonly demo: boolean;
  /** Who did what: everything for operators and admins, their own rows for everybody else. */
  readonly audit: AuditDoor;
  /** Who sent this request, by its session cookie or bearer token; null is nobody. */
  person(headers: RequestHeaders): Promise<Person | null>;
  /** People, their sign-ins and their sessions. */
  readonly access: AccessDoor;
  /** A window of rows now; waits at most 150 ms for a cold source. With `resume` the answer can be carried on by a socket. */
  rows(person: Person, query: Query, options: { resume: boolean }): Promise<Snapshot>;
  /** The same for scripts: rows as objects by column id, `key` and `source` besides. */
  table(person: Person, query: Query): Promise<{ total: number; rows: Record<string, Cell>[]; sources: SourceState[] }>;
  /** What may be told of anything thrown: the only way an error leaves. Logs what nobody expected. */
  tell(thrown: unknown): WireError;
  overview(person: Person, sources: readonly string[]): Promise<Overview>;
  /** Reads the whole object with the person's own right. Throws `not-found`, `forbidden`, `source-unreachable`, `too-large`. */
  object(person: Person, ref: Ref): Promise<ObjectAnswer>;
  /** The same as YAML text, as the API gave it, `managedFields` included when asked for. */
  yaml(person: Person, ref: Ref, options: { managedFields: boolean }): Promise<string>;
  /** The sources there are, for the switcher, and rows by kind for the rail as far as they are known without waiting. */
  sources(person: Person): SourceSummary[];
  /**
   * Whether the person may open terminals in a pod's containers, by the API server's word, or in one of an engine (`namespace` and
   * `pod` empty), by their role.
   */
  mayOpenTerminal(
    person: Person,
    target: { source: string; namespace: string; pod: string; container: string },
  ): Promise<boolean>;
  /** Values of one column with their counts, in the person's scope, that hold `text`; most first, at most 20. */
  complete(
    person: Person,
    question: { kind: string; in: string[]; column: string; text: string },
  ): Promise<[string, number][]>;
  readonly actions: ActionsDoor;
  /** Machines as they are built: hardware, kernel, runtime, layers, containers. */
  readonly stack: StackDoor;
  /** What is measured and told of engines beside rows and objects. */
  readonly engines: EnginesDoor;
  /** Registries and the images in them. */
  readonly registries: RegistriesDoor;
  /** The status page from the inside; the public one is served beside Next, see lib/server/status/site. */
  readonly status: StatusDoor;
  /** What was looked for when there is no source at all: kubeconfig paths and the like, for the empty overview. */
  readonly lookedFor: readonly string[];
};
