import type { ClientMessage } from "../../protocol/live.ts";
import type { Credential } from "../access/person.ts";
import { StowageError } from "../error.ts";
import type { ClusterSource } from "../sources/kubernetes/cluster-source.ts";
import { may } from "../sources/kubernetes/reviews.ts";
import { resourcePath } from "../watch/resource-path.ts";
import { LogFeed } from "./log-feed.ts";

export type LogQuestion = Extract<ClientMessage, { t: "logs" }>;

const pods = { group: "", version: "v1", resource: "pods", namespaced: true, kind: "Pod" };
/** A follow of a container that says nothing for long is no error: the head of the answer comes with its first byte. */
const headMs = 24 * 3_600_000;

/** Opens a container's log with the person's own right. Throws `forbidden`, `not-found`, `bad-request` (no such container). */
export async function openLog(source: ClusterSource, credential: Credential, question: LogQuestion): Promise<LogFeed> {
  const { namespace, pod, container, follow, previous, tail, since } = question;
  if (namespace === "" || pod === "") throw new StowageError("bad-request", "namespace and pod are needed");
  const query = new URLSearchParams({ container, timestamps: "true" });
  if (follow && !previous) query.set("follow", "true");
  if (previous) query.set("previous", "true");
  if (tail !== null) query.set("tailLines", String(tail));
  if (since !== undefined) query.set("sinceTime", since);
  const path = `${resourcePath(pods, namespace, pod)}/log?${query}`;
  const response = await source.open({ method: "GET", path, credential, responseTimeout: headMs });
  return new LogFeed(response.body, async () => {
    const allowed = await may(source, credential, "get", {
      group: "",
      resource: "pods",
      subresource: "log",
      namespace,
    });
    if (!allowed) throw new StowageError("forbidden");
  });
}
