import type { IncomingHttpHeaders } from "node:http";

/**
 * What a client may say to the API server. Everything else stays here: a list of what is forbidden would have to know every header
 * by which some server, or a proxy before it, lets itself be told who asks.
 */
const passedOn = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "cache-control",
  "content-encoding",
  "content-type",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "kubectl-command",
  "kubectl-session",
  "range",
  "traceparent",
]);

/** Besides, for an upgrade. */
const passedOnUpgrade = new Set([
  "sec-websocket-extensions",
  "sec-websocket-key",
  "sec-websocket-protocol",
  "sec-websocket-version",
  "x-stream-protocol-version",
]);

const passedBack = new Set([
  "audit-id",
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-length",
  "content-range",
  "content-type",
  "date",
  "etag",
  "last-modified",
  "location",
  "retry-after",
  "sec-websocket-accept",
  "sec-websocket-extensions",
  "sec-websocket-protocol",
  "vary",
  "warning",
  "x-kubernetes-pf-flowschema-uid",
  "x-kubernetes-pf-prioritylevel-uid",
  "x-stream-protocol-version",
]);

/** A subprotocol by which browsers send a token of their own choice. */
const bearerProtocol = /^base64url\.bearer\.authorization\.k8s\.io\./i;
const maxAgent = 200;

/** The name of a header by which somebody wants to be somebody else, however it is spelt; null where there is none. */
export function impersonation(rawHeaders: readonly string[]): string | null {
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  return names.find((name) => /^impersonate([-_.]|$)/i.test(name.trim())) ?? null;
}

/** How often a header was sent; Node keeps the first of some and says nothing. */
export function timesSent(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((each, index) => index % 2 === 0 && each.toLowerCase() === name).length;
}

export function requestHeaders(headers: IncomingHttpHeaders, isUpgrade: boolean): Record<string, string> {
  const connection = (headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase());
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || connection.includes(name)) continue;
    if (!passedOn.has(name) && !(isUpgrade && passedOnUpgrade.has(name))) continue;
    const text = Array.isArray(value) ? value.join(", ") : value;
    const kept = name === "sec-websocket-protocol" ? withoutTokens(text) : text;
    if (kept !== "") passed[name] = kept;
  }
  // Whoever says nothing gets what the API server gives, and not what our own reading would ask for.
  passed["accept"] ??= "*/*";
  passed["accept-encoding"] ??= "identity";
  return passed;
}

function withoutTokens(protocols: string): string {
  return protocols
    .split(",")
    .map((protocol) => protocol.trim())
    .filter((protocol) => protocol !== "" && !bearerProtocol.test(protocol))
    .join(", ");
}

/** The client's own name for the User-Agent, by which the API server knows field managers. */
export function agentOf(headers: IncomingHttpHeaders): string | undefined {
  const agent = headers["user-agent"]?.replace(/[^ -~]/g, "").slice(0, maxAgent);
  return agent === "" ? undefined : agent;
}

/**
 * What comes back, and what keeps a browser from running it: a program behind the API server may answer with a page. A redirect
 * leads to where it was meant only below the same address; elsewhere a credential would go along.
 */
export function responseHeaders(headers: Readonly<Record<string, string>>, base: string): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (passedBack.has(name)) passed[name] = value;
  const { location } = passed;
  if (location !== undefined) {
    if (/^\/(?![/\\])/.test(location)) passed["location"] = `${base}${location}`;
    else delete passed["location"];
  }
  return {
    "cache-control": "no-store",
    ...passed,
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
  };
}
