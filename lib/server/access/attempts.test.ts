import assert from "node:assert/strict";
import { test } from "node:test";

import { Attempts, Limited, mostForAddress, mostForLogin } from "./attempts.ts";

const minute = 60_000;

function make() {
  const clock = { ms: 1_000_000 };
  return { attempts: new Attempts(() => clock.ms), clock };
}

test("a login may go wrong ten times in a quarter of an hour, from wherever", () => {
  const { attempts, clock } = make();
  for (let index = 0; index < mostForLogin; index += 1) attempts.begin("anna", `192.0.2.${index}`);
  clock.ms += 5 * minute;
  assert.throws(() => attempts.begin("anna", "198.51.100.1"), { code: "limited", detail: "10" });
  attempts.begin("ben", "198.51.100.1");
  clock.ms += 10 * minute;
  attempts.begin("anna", "198.51.100.1");
});

test("an address may go wrong with many logins, and not with very many", () => {
  const { attempts } = make();
  for (let index = 0; index < mostForAddress; index += 1) attempts.begin(`login-${index}`, "192.0.2.1");
  assert.throws(() => attempts.begin("another", "192.0.2.1"), { code: "limited" });
  assert.throws(() => attempts.begin(null, "192.0.2.1"), { code: "limited" });
  attempts.begin("another", "192.0.2.2");
});

test("whoever has one IPv6 address has a whole network of them", () => {
  const { attempts } = make();
  for (let index = 0; index < mostForAddress; index += 1) attempts.begin(null, `2001:db8:0:1::${index.toString(16)}`);
  assert.throws(() => attempts.begin(null, "2001:db8::1:9:9:9:9"), { code: "limited" });
  attempts.begin(null, "2001:db8:0:2::1");
});

test("a success forgives the login, and counts for nothing at the address", () => {
  const { attempts } = make();
  for (let round = 0; round < 20; round += 1) {
    for (let index = 0; index < mostForLogin - 1; index += 1) attempts.begin("anna", `192.0.2.${round}`);
    attempts.begin("anna", `192.0.2.${round}`).succeeded();
  }
  for (let index = 0; index < 2 * mostForAddress; index += 1) attempts.begin(null, "203.0.113.1").succeeded();
});

test("many at once are not more than one after the other, and the first refusal is known", () => {
  const { attempts } = make();
  const refusals: boolean[] = [];
  for (let index = 0; index < mostForLogin + 3; index += 1) {
    try {
      attempts.begin("anna", "192.0.2.1");
    } catch (thrown) {
      assert.ok(thrown instanceof Limited);
      refusals.push(thrown.first);
    }
  }
  assert.deepEqual(refusals, [true, false, false]);
});
