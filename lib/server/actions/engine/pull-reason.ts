import type { ErrorCode } from "../../../protocol/error.ts";
import type { PullReason } from "../../../protocol/pull.ts";

/** By the words of dockerd, Podman and the registries behind them; the first that fits. */
const reasons: readonly [PullReason, RegExp][] = [
  ["disk-full", /no space left on device|disk quota exceeded/i],
  ["rate-limited", /toomanyrequests|too many requests|rate limit/i],
  ["login", /pull access denied|unauthorized|authentication required|no basic |access.*denied|incorrect username/i],
  [
    "unknown-image",
    /manifest.*not found|manifest unknown|name unknown|repository .*not found|not found: |no such image/i,
  ],
  ["platform", /no matching manifest|does not match the specified platform|no image found in manifest list/i],
  [
    "registry-unreachable",
    /dial tcp|connection refused|no such host|i\/o timeout|tls handshake|server gave http response|x509|net\/http|context deadline/i,
  ],
];

/** What an engine's words about a failed pull come down to. */
export function pullReasonOf(words: string): PullReason {
  return reasons.find(([, shape]) => shape.test(words))?.[0] ?? "other";
}

export const pullErrorCode: Readonly<Record<PullReason, ErrorCode>> = {
  login: "forbidden",
  "unknown-image": "not-found",
  platform: "not-found",
  "rate-limited": "limited",
  "disk-full": "source-refused",
  "registry-unreachable": "source-refused",
  "engine-lost": "source-unreachable",
  cancelled: "gone",
  unreadable: "source-refused",
  other: "source-refused",
};
