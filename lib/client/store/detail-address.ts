/** What of a detail page is open and how, as its address says it: `?logs=web&tail=500&find=error&yaml=1`. */
export type DetailAddress = {
  /** The container whose log is open; "" is the pod's first, null is no log. */
  readonly logs: string | null;
  readonly previous: boolean;
  /** Lines to begin with; null is all there are. */
  readonly tail: number | null;
  readonly find: string;
  readonly regex: boolean;
  readonly wrap: boolean;
  readonly times: boolean;
  readonly yaml: boolean;
};

export const tails = [100, 1000, 10_000, 100_000] as const;
const usualTail = 1000;
const longestFind = 1000;

export function readDetail(params: { get(name: string): string | null }): DetailAddress {
  const tail = Number(params.get("tail"));
  return {
    logs: params.get("logs")?.slice(0, 253) ?? null,
    previous: params.get("previous") === "1",
    tail:
      params.get("tail") === "all" ? null : Number.isInteger(tail) && tail > 0 ? Math.min(tail, 1_000_000) : usualTail,
    find: (params.get("find") ?? "").slice(0, longestFind),
    regex: params.get("regex") === "1",
    wrap: params.get("wrap") === "1",
    times: params.get("times") === "1",
    yaml: params.get("yaml") === "1",
  };
}

/** The search part of an address after a change; what else it says stays. */
export function withDetail(search: string, change: Partial<DetailAddress>): string {
  const params = new URLSearchParams(search);
  const next = { ...readDetail(params), ...change };
  const put = (name: string, value: string | null): void => {
    if (value === null) params.delete(name);
    else params.set(name, value);
  };
  put("logs", next.logs);
  put("previous", next.previous ? "1" : null);
  put("tail", next.tail === usualTail ? null : next.tail === null ? "all" : String(next.tail));
  put("find", next.find === "" ? null : next.find);
  put("regex", next.regex ? "1" : null);
  put("wrap", next.wrap ? "1" : null);
  put("times", next.times ? "1" : null);
  put("yaml", next.yaml ? "1" : null);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
