import { kinds } from "../../../kinds/index.ts";
import type { Column, Kind } from "../../../kinds/kind.ts";
import { readerOf } from "../../../kinds/kind.ts";
import { printCell } from "../../../kinds/print-cell.ts";
import type { KubeObject } from "../../../protocol/object.ts";
import type { Resource } from "./resources.ts";

/** The Table of a list, as kubectl asks for it. `includeObject` is `Metadata` (kubectl's own), `Object` or `None`. */
export function tableOf(
  resource: Resource,
  objects: readonly KubeObject[],
  version: string,
  includeObject: string,
  now: number,
): object {
  const kind = kindOf(resource);
  const columns = kind.columns.filter((column) => column.table !== undefined);
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata: { resourceVersion: version },
    columnDefinitions: columns.map((column) => ({
      name: column.table,
      type: "string",
      format: column.type === "name" ? "name" : "",
      description: "",
      priority: isWide(kind, column) ? 1 : 0,
    })),
    rows: objects.map((object) => {
      const read = readerOf(kind, kind.project(object));
      return {
        cells: columns.map((column) => printCell(column, read, now)),
        ...(includeObject === "None" ? {} : { object: includeObject === "Object" ? object : partial(object) }),
      };
    }),
  };
}

/** Columns that kubectl shows with `-o wide` only. */
const wide: ReadonlySet<string> = new Set([
  "IP",
  "Node",
  "Nominated Node",
  "Readiness Gates",
  "Containers",
  "Images",
  "Selector",
  "Internal-IP",
  "External-IP",
  "OS-Image",
  "Kernel-Version",
  "Container-Runtime",
  "Subobject",
  "Source",
  "First Seen",
  "Count",
]);

/** A service's address outside is always shown, a node's is not. */
function isWide({ id }: Kind, { table = "" }: Column): boolean {
  return wide.has(table) && !(id === "services" && table === "External-IP");
}

function partial({ metadata }: KubeObject): object {
  return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata };
}

function kindOf({ resource, group }: Resource): Kind {
  const id = group === "" ? resource : `${resource}.${group}`;
  const kind = kinds.get(id);
  if (!kind) throw new Error(`there is no kind ${id}`);
  return kind;
}
