import { z } from "zod";

import type { MissingRight } from "../../protocol/action-answer.ts";
import { StowageError } from "../error.ts";
import type { Sender } from "./send.ts";

/** A right on one object, or on any of its resource where `name` is null. */
export type Right = {
  readonly verb: string;
  readonly group: string;
  /** With the subresource: `deployments/scale`. */
  readonly resource: string;
  readonly namespace: string | null;
  readonly name: string | null;
};

const schema = z.object({
  status: z.object({
    allowed: z.boolean(),
    reason: z.string().nullish(),
    evaluationError: z.string().nullish(),
  }),
});

/** The longest reason that is handed on; an authorizer's webhook may say anything. */
const maxReason = 500;

/** Asks the API server for this very right with the person's credential. Null when there is it. Throws what `postJson` throws. */
export async function askAccess({ source, credential }: Sender, right: Right): Promise<MissingRight | null> {
  const [resource, subresource] = right.resource.split("/");
  const review = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: {
      resourceAttributes: {
        verb: right.verb,
        group: right.group,
        resource,
        subresource,
        namespace: right.namespace ?? undefined,
        name: right.name ?? undefined,
      },
    },
  };
  const answer = schema.safeParse(
    await source.postJson("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review, credential),
  );
  if (!answer.success) throw new StowageError("source-refused", "the API server did not answer the access review");
  const { allowed, reason, evaluationError } = answer.data.status;
  if (allowed) return null;
  return { ...right, reason: (reason || evaluationError || "").slice(0, maxReason) };
}
