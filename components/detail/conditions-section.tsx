"use client";

import { Age } from "@/components/ui/age";
import { ClusterText } from "@/components/ui/cluster-text";
import { HealthMark } from "@/components/ui/health-mark";
import { useMessages } from "@/components/ui/messages";
import { conditionViewsOf } from "@/lib/client/detail/condition-view";
import type { KubeObject } from "@/lib/protocol/object";

/** The object's conditions; those that are not as they should be wear a mark. */
export function ConditionsSection({ object }: { object: KubeObject }) {
  const m = useMessages();
  const words = m.detail.conditions;
  const conditions = conditionViewsOf(object);
  if (conditions.length === 0) return <p className="px-3.5 py-3 text-muted">{words.none}</p>;
  return (
    <table className="w-full max-sm:block">
      <thead className="text-left text-sm text-muted max-sm:sr-only">
        <tr className="border-b border-line">
          <th className="px-3.5 py-1.5 font-normal">{words.type}</th>
          <th className="px-2 py-1.5 font-normal">{words.status}</th>
          <th className="px-2 py-1.5 text-right font-normal">{words.since}</th>
          <th className="px-3.5 py-1.5 font-normal">
            {words.reason}, {words.message}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line max-sm:block">
        {conditions.map((condition, index) => (
          <tr
            key={`${condition.type} ${index}`}
            className="align-baseline max-sm:flex max-sm:flex-wrap max-sm:gap-x-3 max-sm:px-3.5 max-sm:py-1.5"
          >
            <td className="px-3.5 py-1.5 max-sm:p-0">
              <ClusterText text={condition.type} mono className="wrap-anywhere" />
            </td>
            <td className="px-2 py-1.5 whitespace-nowrap max-sm:p-0">
              <span className="inline-flex items-baseline gap-1.5">
                {condition.level ? <HealthMark level={condition.level} size={10} /> : <span className="w-2.5" />}
                <ClusterText text={condition.status} />
              </span>
            </td>
            <td className="px-2 py-1.5 text-right whitespace-nowrap text-muted max-sm:p-0">
              {condition.since === null ? "–" : <Age at={condition.since} className="font-mono" />}
            </td>
            <td className="px-3.5 py-1.5 text-muted wrap-anywhere max-sm:w-full max-sm:p-0">
              {condition.reason === null ? null : <ClusterText text={condition.reason} className="mr-2 text-text" />}
              {condition.message === null ? null : <ClusterText text={condition.message} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
