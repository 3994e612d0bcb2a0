import assert from "node:assert/strict";
import { test } from "node:test";

import { kinds } from "../../kinds/index.ts";
import type { Kind } from "../../kinds/kind.ts";
import { dockerList, dockerObject } from "./docker-commands.ts";

function kind(id: string): Kind {
  const found = kinds.get(id);
  assert.ok(found, id);
  return found;
}

test("every kind that engines have has its list and what prints one of it", () => {
  for (const each of kinds.values()) {
    if (!each.engine) continue;
    assert.match(dockerList(each) ?? "", /^docker /, each.id);
    assert.match(dockerObject(each, "x")[0]?.line ?? "", /^docker .*(?:inspect|info)/, each.id);
  }
  assert.equal(dockerList(kind("pods")), null);
});

test("names are quoted for a shell", () => {
  assert.equal(dockerObject(kind("volumes"), "a b;c")[0]?.line, "docker volume inspect 'a b;c'");
});
