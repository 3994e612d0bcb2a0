"use client";

import { Button } from "@/components/ui/button";
import { ClusterText } from "@/components/ui/cluster-text";
import { useLocale, useMessages } from "@/components/ui/messages";
import { Popover } from "@/components/ui/popover";
import type { May } from "@/lib/client/hooks/use-may";
import type { ObjectVerb } from "@/lib/kinds/verbs";

type Props = { verb: ObjectVerb; may: May; count: number; onTake: (verb: ObjectVerb) => void };

/** The button of a verb. What this person may not do is grey, and says why when it is pressed. */
export function VerbButton({ verb, may, count, onTake }: Props) {
  const m = useMessages();
  const locale = useLocale();
  const missing = may.missing(verb);
  const [first] = missing;
  if (!first || missing.length < count) {
    return (
      <Button size="sm" aria-haspopup="dialog" onClick={() => onTake(verb)}>
        {m.actions.verbs[verb]}
      </Button>
    );
  }
  const { right } = first;
  return (
    <Popover button={m.actions.verbs[verb]} size="sm" className="border-dashed! text-muted!">
      <div className="max-w-xs space-y-1 p-3">
        <p>
          {right.role === undefined ? (
            <ClusterText text={m.actions.missing({ ...right, resource: withGroup(right) })} />
          ) : (
            m.actions.missingRole
          )}
        </p>
        {count > 1 ? (
          <p className="text-muted">
            {m.actions.missingSome({ count: missing.length.toLocaleString(locale), of: count.toLocaleString(locale) })}
          </p>
        ) : null}
        {right.reason === "" ? null : (
          <p className="text-muted">
            <ClusterText text={m.actions.reason({ reason: right.reason })} />
          </p>
        )}
      </div>
    </Popover>
  );
}

/** `deployments.apps/scale`, as kubectl auth can-i names it. */
function withGroup({ resource, group }: { resource: string; group: string }): string {
  if (group === "") return resource;
  const [plural = "", ...rest] = resource.split("/");
  return [`${plural}.${group}`, ...rest].join("/");
}
