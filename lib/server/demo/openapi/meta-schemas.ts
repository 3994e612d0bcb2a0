import { flag, integer, keyed, list, object, record, ref, text, time, words } from "./schema.ts";
import type { Schemas } from "./schema.ts";

export const meta = (name: string) => `io.k8s.apimachinery.pkg.apis.meta.v1.${name}`;
export const quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";
export const intOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";

const word = { type: "string" } as const;

/** What every object has. */
export const metaSchemas: Schemas = {
  [meta("ObjectMeta")]: object("What every object that is kept has.", {
    annotations: record(word, "Words for people and tools; not to select by."),
    creationTimestamp: time("When it was created. Set by the server."),
    deletionGracePeriodSeconds: integer("Seconds that it has to end. Set by the server.", "int64"),
    deletionTimestamp: time("When it will be gone. Set by the server once it is deleted."),
    finalizers: words("What must be done before it can go."),
    generateName: text("The beginning of a name that the server makes unique, where there is no name."),
    generation: integer("Grows with each change of what is wanted. Set by the server.", "int64"),
    labels: record(word, "Words to select by."),
    managedFields: list(ref(meta("ManagedFieldsEntry"), "Who wrote which fields."), "Who wrote which fields."),
    name: text("The name, unique in its namespace. Cannot be changed."),
    namespace: text("The namespace. Cannot be changed."),
    ownerReferences: keyed(ref(meta("OwnerReference"), ""), "What it belongs to and goes with.", "uid"),
    resourceVersion: text("The version of this object; a write with an old one is refused. Set by the server."),
    selfLink: text("No longer used."),
    uid: text("Unique over all time. Set by the server."),
  }),
  [meta("ManagedFieldsEntry")]: object("Fields that one writer set.", {
    apiVersion: text("The version of the fields."),
    fieldsType: text("How the fields are written: FieldsV1."),
    fieldsV1: { description: "The fields.", type: "object" },
    manager: text("Who set them."),
    operation: text("Apply or Update."),
    subresource: text("The part of the object through which they were set."),
    time: time("When they were set last."),
  }),
  [meta("OwnerReference")]: {
    ...object(
      "An object that this one belongs to.",
      {
        apiVersion: text("API version of the owner."),
        blockOwnerDeletion: flag("The owner can only go in the foreground after this."),
        controller: flag("The owner manages this object."),
        kind: text("Kind of the owner."),
        name: text("Name of the owner."),
        uid: text("UID of the owner."),
      },
      ["apiVersion", "kind", "name", "uid"],
    ),
    "x-kubernetes-map-type": "atomic",
  },
  [meta("LabelSelector")]: {
    ...object("Which objects are meant, by their labels; all terms hold.", {
      matchExpressions: list(ref(meta("LabelSelectorRequirement"), ""), "Terms with an operator."),
      matchLabels: record(word, "Labels with their values."),
    }),
    "x-kubernetes-map-type": "atomic",
  },
  [meta("LabelSelectorRequirement")]: object(
    "A term of a selector.",
    {
      key: text("The label's key."),
      operator: text("In, NotIn, Exists or DoesNotExist."),
      values: list(word, "The values that In and NotIn compare with."),
    },
    ["key", "operator"],
  ),
  [meta("Time")]: { description: "A time as RFC 3339 has it.", type: "string", format: "date-time" },
  [quantity]: {
    description: "An amount: a number with a suffix, like 500m, 2 or 1.5Gi.",
    oneOf: [{ type: "string" }, { type: "number" }],
  },
  [intOrString]: {
    description: "A number, or a share like 25%.",
    format: "int-or-string",
    oneOf: [{ type: "integer" }, { type: "string" }],
  },
};
