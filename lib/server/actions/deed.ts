import type { Ref } from "../../protocol/ref.ts";
import type { Effect } from "./call.ts";

/** One verb on one object of whatever source, ready to be asked for, tried and done. Making it asks nobody anything. */
export type Deed = {
  readonly ref: Ref;
  /** For the audit log: what was asked for, without any value of an object. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** The same by the source's own client, quoted for a shell. */
  readonly command: string;
  /** Why this person may not, in words; null when they may. Throws what the source throws. */
  refusal(): Promise<string | null>;
  /** Does it, or with `dryRun` tells how it would end and changes nothing. Throws StowageErrors. */
  run(dryRun: boolean): Promise<Effect>;
};
