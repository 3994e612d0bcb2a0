import type { AuditLog } from "../audit/audit-log.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import type { Attempts } from "./attempts.ts";
import type { Links } from "./links.ts";
import type { People } from "./people.ts";
import type { SessionCookie } from "./session-cookie.ts";
import type { TeamSessions } from "./team-sessions.ts";

/** What the team face's way in is put together from. */
export type AccessParts = {
  readonly people: People;
  readonly sessions: TeamSessions;
  readonly links: Links;
  readonly attempts: Attempts;
  readonly audit: AuditLog;
  readonly cookie: SessionCookie;
  readonly sources: readonly ClusterSource[];
  readonly now: () => number;
};
