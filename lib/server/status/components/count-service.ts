import { readerOf } from "../../../kinds/kind.ts";
import { keyOf } from "../../../protocol/ref.ts";
import type { RowSource } from "../../cache/row-source.ts";
import type { Part } from "./component.ts";

/**
 * Ready endpoints of all in a service's slices; those that are ending are not missed. A service without any serves nobody. Null for one
 * that is not there, and for the alias of a name outside: neither has anything to be counted.
 */
export function countService(
  services: RowSource,
  slices: RowSource,
  { source, namespace, name }: Extract<Part, { type: "service" }>,
): { healthy: number; total: number } | null {
  const service = services.get(keyOf(source, namespace, name));
  if (!service || readerOf(services.kind, service.cells)("type") === "ExternalName") return null;
  let healthy = 0;
  let total = 0;
  for (const row of slices.rows()) {
    const read = readerOf(slices.kind, row.cells);
    if (read("service") !== name || read("namespace") !== namespace) continue;
    const ready = Number(read("readyEndpoints"));
    healthy += ready;
    total += ready + Number(read("unreadyEndpoints"));
  }
  return { healthy, total: Math.max(1, total) };
}
