import { z } from "zod";

export const auditOutcomes = ["intent", "done", "failed", "refused"] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Rows in one answer of the API. */
const maxAuditRows = 500;

const text = z.string().trim().min(1).max(300).optional();
/** A moment as ISO 8601, with or without its time and zone, which is then UTC. */
const moment = z
  .string()
  .trim()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/)
  .transform((said) => Date.parse(/T/.test(said) && !/(Z|[+-]\d{2}:\d{2})$/.test(said) ? `${said}Z` : said))
  .refine((ms) => !Number.isNaN(ms));

/**
 * Which rows of the audit log: all that is given has to fit. `person` is a part of the name or the account, `q` a part of anything;
 * the rest is exact. `to` is not included, and `before` is the number of the last row that is known.
 */
export const auditQuestionSchema = z.object({
  person: text,
  verb: text,
  source: text,
  kind: text,
  path: z.string().trim().min(1).max(1024).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  from: moment.optional(),
  to: moment.optional(),
  q: text,
  before: z.coerce.number().int().min(1).optional(),
  count: z.coerce.number().int().min(1).max(maxAuditRows).default(100),
});
export type AuditQuestion = z.infer<typeof auditQuestionSchema>;

/** What somebody did or meant to do. Moments are milliseconds since the epoch. */
export type AuditRow = {
  readonly id: number;
  readonly at: number;
  /** Null for what has not ended, or of which nobody knows how it ended. */
  readonly ended: number | null;
  /** Who, as the table of people names them, and by which name they went then. */
  readonly person: string;
  readonly name: string;
  readonly session: string | null;
  readonly address: string;
  readonly verb: string;
  readonly source: string | null;
  readonly kind: string | null;
  readonly path: string | null;
  readonly outcome: AuditOutcome;
  readonly error: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Newest first. `next` is what `before` has to be for the rows that follow, null where these are the last. */
export type AuditPage = {
  readonly rows: readonly AuditRow[];
  readonly next: number | null;
  /** `own`: the person sees what they did themselves and nothing else. */
  readonly sees: "all" | "own";
};
