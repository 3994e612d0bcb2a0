import type { Kind } from "../../lib/kinds/kind.ts";
import type { KubeObject } from "../../lib/protocol/object.ts";
import type { ApiServer } from "./api-server.ts";

export type TableCell = string | number | boolean | null;
export type TableRow = {
  cells: TableCell[];
  object: KubeObject;
  /** Seconds since the epoch between which the server computed the cells. */
  from: number;
  to: number;
};
export type ServerTable = { columns: string[]; rows: TableRow[] };

type Page = {
  columnDefinitions?: { name: string }[];
  rows: { cells: TableCell[]; object: KubeObject }[];
  metadata: { continue?: string };
};

const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";

/**
 * What kubectl would print of a kind, wide columns included, each row with the very object that its cells were made of: nothing can
 * change between the two. `within` is a namespace, "" for all.
 */
export async function fetchTable(server: ApiServer, kind: Kind, within = ""): Promise<ServerTable> {
  const table: ServerTable = { columns: [], rows: [] };
  let next = "";
  do {
    const query = `includeObject=Object&limit=500${next === "" ? "" : `&continue=${encodeURIComponent(next)}`}`;
    const { body, from, to } = await server.get(`${collectionPath(kind, within)}?${query}`, accept);
    const page = body as Page;
    if (page.columnDefinitions && table.columns.length === 0)
      table.columns = page.columnDefinitions.map((column) => column.name);
    for (const row of page.rows) table.rows.push({ ...row, from, to });
    next = page.metadata.continue ?? "";
  } while (next !== "");
  return table;
}

function collectionPath(kind: Kind, within: string): string {
  if (!kind.api) throw new Error(`${kind.id} is no kind of the API`);
  const { group, version, resource, namespaced } = kind.api;
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  return within === "" || !namespaced ? `${root}/${resource}` : `${root}/namespaces/${within}/${resource}`;
}
