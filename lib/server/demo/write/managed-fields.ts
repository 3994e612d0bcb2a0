import type { KubeObject } from "../../../protocol/object.ts";
import { compareText } from "../../../shared/compare.ts";
import type { Cause } from "../api/fault.ts";
import { ApiFault } from "../api/fault.ts";
import type { Resource } from "../api/resources.ts";
import { groupVersion } from "../api/resources.ts";
import { schemaOf } from "../openapi/schemas.ts";
import { applyConfiguration, conflictsWith } from "../patch/apply.ts";
import { changedFields, common, difference, isEmpty, union } from "../patch/field-set-math.ts";
import type { FieldSet } from "../patch/field-set.ts";
import { fieldsOf } from "../patch/field-set.ts";

/** One writer's fields, as metadata.managedFields has it. */
export type Entry = {
  manager: string;
  operation: "Apply" | "Update";
  apiVersion: string;
  time: string;
  fieldsType: "FieldsV1";
  fieldsV1: FieldSet;
  subresource?: string;
};

export type Writer = { manager: string; operation: Entry["operation"]; subresource?: string; now: number };

/** Fields of the server's own, which nobody manages. */
const unmanaged = ["name", "namespace", "uid", "creationTimestamp", "resourceVersion", "generation", "managedFields"];

/** The object with a record of who wrote what: the writer has what it changed, nobody has what is gone. */
export function withManager(
  resource: Resource,
  before: KubeObject | undefined,
  after: KubeObject,
  writer: Writer,
): KubeObject {
  const schema = schemaOf(resource);
  const fields = changedFields(before ? managed(before) : {}, managed(after), schema);
  const taken = (entry: Entry) => (isSame(entry, writer) ? entry.fieldsV1 : difference(entry.fieldsV1, fields));
  return record(resource, after, writer, entriesOf(before), taken, fields);
}

/** What an applied configuration makes of an object. Throws 409 for fields of others, unless it is forced. */
export function applied(
  resource: Resource,
  before: KubeObject | undefined,
  wanted: KubeObject,
  writer: Writer,
  force: boolean,
): KubeObject {
  const schema = schemaOf(resource);
  const entries = entriesOf(before);
  const others = entries.filter((entry) => !isSame(entry, writer));
  if (before && !force) refuseConflicts(resource, before, wanted, others);
  const last = entries.find((entry) => isSame(entry, writer))?.fieldsV1;
  // What others have too stays when this one no longer wants it.
  const shared = others.reduce<FieldSet>((all, { fieldsV1 }) => union(all, fieldsV1), {});
  const result = applyConfiguration(before ?? {}, wanted, schema, last && difference(last, shared)) as KubeObject;
  const fields = fieldsOf(managed(wanted), schema);
  const changed = changedFields(before ? managed(before) : {}, managed(result), schema);
  const taken = (entry: Entry) => (isSame(entry, writer) ? {} : difference(entry.fieldsV1, changed));
  return record(resource, result, writer, entries, taken, fields);
}

function record(
  resource: Resource,
  object: KubeObject,
  { manager, operation, subresource, now }: Writer,
  entries: readonly Entry[],
  left: (entry: Entry) => FieldSet,
  fields: FieldSet,
): KubeObject {
  const there = fieldsOf(managed(object), schemaOf(resource));
  const mine = entries.find((entry) => isSame(entry, { manager, operation, subresource, now }));
  const others = entries
    .filter((entry) => entry !== mine)
    .map((entry) => ({ ...entry, fieldsV1: common(left(entry), there) }));
  const own: Entry = {
    manager,
    operation,
    apiVersion: groupVersion(resource),
    time: new Date(now).toISOString().replace(/\.\d+Z$/, "Z"),
    fieldsType: "FieldsV1",
    fieldsV1: common(mine ? union(left(mine), fields) : fields, there),
    ...(subresource === undefined ? {} : { subresource }),
  };
  const unchanged = mine !== undefined && isEmpty(difference(own.fieldsV1, mine.fieldsV1)) && isEmpty(fields);
  const managedFields = [...others, unchanged ? mine : own]
    .filter(({ fieldsV1 }) => !isEmpty(fieldsV1))
    .toSorted((a, b) => compareText(sortKey(a), sortKey(b)));
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

function refuseConflicts(resource: Resource, before: KubeObject, wanted: KubeObject, others: readonly Entry[]): void {
  const causes = others.flatMap((entry): Cause[] => {
    const message = `conflict with ${wordsFor(entry)}`;
    return conflictsWith(managed(before), managed(wanted), schemaOf(resource), entry.fieldsV1).map((field) => ({
      reason: "FieldManagerConflict",
      message,
      field,
    }));
  });
  const [first] = causes;
  if (!first) return;
  const list = causes.map(({ field }) => `- ${field}`).join("\n");
  const told =
    causes.length === 1
      ? `Apply failed with 1 conflict: ${first.message}: ${first.field}`
      : `Apply failed with ${causes.length} conflicts: ${first.message.replace("conflict", "conflicts")}:\n${list}`;
  throw new ApiFault(409, "Conflict", told, { causes });
}

function wordsFor({ manager, operation, subresource, apiVersion }: Entry): string {
  const name = JSON.stringify(manager) + (subresource ? ` with subresource ${JSON.stringify(subresource)}` : "");
  return operation === "Update" ? `${name} using ${apiVersion}` : name;
}

/** What is applied comes first, then by time and name. */
function sortKey({ operation, time, manager }: Entry): string {
  return `${operation} ${time} ${manager}`;
}

function isSame(entry: Entry, { manager, operation, subresource }: Writer): boolean {
  return entry.manager === manager && entry.operation === operation && entry.subresource === subresource;
}

function entriesOf(object: KubeObject | undefined): Entry[] {
  return (object?.metadata?.["managedFields"] as Entry[] | undefined) ?? [];
}

function managed({ apiVersion: _version, kind: _kind, status: _status, metadata, ...rest }: KubeObject): object {
  const kept = Object.entries(metadata ?? {}).filter(([key]) => !unmanaged.includes(key));
  return { ...rest, ...(kept.length === 0 ? {} : { metadata: Object.fromEntries(kept) }) };
}
