import type { EngineEvent } from "./engine-world.ts";
import type { Asked } from "./route.ts";
import { filtersOf, fits, hasLabels } from "./route.ts";

/** `GET /events`: what was since then, and what comes, up to a time where one is given. */
export function streamEvents({ world, query, response }: Asked): void {
  const filters = filtersOf(query);
  const wanted = ({ type, action, id, attributes }: EngineEvent) =>
    fits(filters, "type", (value) => value === type) &&
    fits(filters, "event", (value) => value === action || action.startsWith(`${value}:`)) &&
    fits(
      filters,
      "container",
      (value) => type === "container" && (id.startsWith(value) || attributes["name"] === value),
    ) &&
    fits(filters, "image", (value) => value === id || value === attributes["image"] || value === attributes["name"]) &&
    hasLabels(filters, attributes);
  const say = (event: EngineEvent) => {
    if (wanted(event)) response.write(`${textOf(event)}\n`);
  };
  response.writeHead(200, { "content-type": "application/json" });
  response.flushHeaders();
  const [since, until] = [msOf(query.get("since")), msOf(query.get("until"))];
  if (since !== null || until !== null)
    for (const event of world.history) if (event.at >= (since ?? 0) && event.at <= (until ?? Infinity)) say(event);
  const left = until === null ? null : until - world.now();
  if (left !== null && left <= 0) return void response.end();
  world.listeners.add(say);
  const ending = left === null ? null : setTimeout(() => response.end(), Math.min(left, 2 ** 31 - 1));
  response.once("close", () => {
    world.listeners.delete(say);
    if (ending) clearTimeout(ending);
  });
}

/** Nanoseconds are more than a number of JavaScript's holds: their digits are put together. */
function textOf({ type, action, id, attributes, at }: EngineEvent): string {
  const ofContainer = type === "container" ? { from: attributes["image"] } : {};
  const said = {
    status: action,
    id,
    ...ofContainer,
    Type: type,
    Action: action,
    Actor: { ID: id, Attributes: attributes },
  };
  const text = JSON.stringify({ ...said, scope: "local", time: Math.floor(at / 1000) });
  return `${text.slice(0, -1)},"timeNano":${Math.floor(at)}000000}`;
}

/** Seconds with up to nine digits behind the point, or RFC 3339, as ms; null for none. */
export function msOf(text: string | null): number | null {
  if (text === null || text === "") return null;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
