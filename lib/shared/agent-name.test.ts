import assert from "node:assert/strict";
import { test } from "node:test";

import { agentName } from "./agent-name.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

test("browsers are told apart though they claim to be each other", () => {
  for (const [agent, browser, system] of [
    [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/141.0.0.0 Safari/537.36`, "Chrome", "Linux"],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/141.0 Safari/537.36 Edg/141.0`, "Edge", "Windows"],
    [`Mozilla/5.0 (Linux; Android 15) ${webkit} Chrome/141.0 Mobile Safari/537.36`, "Chrome", "Android"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "macOS"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari", "iOS"],
    ["curl/8.14.1", "curl", null],
  ] as const) {
    assert.deepEqual(agentName(agent), { browser, system }, agent);
  }
  assert.equal(agentName(""), null);
  assert.equal(agentName("<script>"), null);
});
