import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { readDetail, withDetail } from "./detail-address.ts";

test("what is put into an address is read from it, and the rest of it stays", () => {
  const detail = fc.record(
    {
      logs: fc.option(fc.stringMatching(/^[a-z0-9-]{0,20}$/)),
      previous: fc.boolean(),
      tail: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
      find: fc.string({ maxLength: 50 }),
      regex: fc.boolean(),
      wrap: fc.boolean(),
      times: fc.boolean(),
      yaml: fc.boolean(),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(detail, (address) => {
      const params = new URLSearchParams(withDetail("?in=prod&q=x", address));
      assert.deepEqual(readDetail(params), address);
      assert.deepEqual([params.get("in"), params.get("q")], ["prod", "x"]);
    }),
  );
});

test("an address that says nothing is the default, and so is nonsense", () => {
  const usual = {
    logs: null,
    previous: false,
    tail: 1000,
    find: "",
    regex: false,
    wrap: false,
    times: false,
    yaml: false,
  };
  assert.deepEqual(readDetail(new URLSearchParams("")), usual);
  assert.deepEqual(readDetail(new URLSearchParams("tail=-5&previous=yes&yaml=0")), usual);
  assert.equal(withDetail("", usual), "");
  assert.equal(withDetail("?tail=nonsense", {}), "");
});
