import assert from "node:assert/strict";
import { test } from "node:test";

import { LaunchCode } from "./launch-code.ts";
import { idleMs, maxSessions, Sessions } from "./sessions.ts";
import { testPerson } from "./testing/test-person.ts";

const person = testPerson();

function cookieFrom(header: string): string {
  return header.split(";")[0] ?? "";
}

test("a session is found by its cookie among others, until it was idle too long or is closed", () => {
  const clock = { ms: 0 };
  const sessions = new Sessions(7117, () => clock.ms);
  const header = sessions.open(person);
  assert.match(header, /^stowage-7117=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  const cookie = `other=1; ${cookieFrom(header)}; stowage-7118=zzz`;
  clock.ms = idleMs;
  assert.equal(sessions.find(cookie)?.id, "p");
  clock.ms += idleMs + 1;
  assert.equal(sessions.find(cookie), null);
  const again = cookieFrom(sessions.open(person));
  assert.match(sessions.close(again), /Max-Age=0/);
  assert.equal(sessions.find(again), null);
});

test("what is no session of ours is nobody", () => {
  const sessions = new Sessions(7117);
  for (const cookie of [null, "", "stowage-7117=", "stowage-7117=x", "stowage-7117", "=;=;", "__proto__=1"])
    assert.equal(sessions.find(cookie), null);
});

test("sessions are bounded, and the one that was used longest ago goes", () => {
  const sessions = new Sessions(7117);
  const first = cookieFrom(sessions.open(person));
  const second = cookieFrom(sessions.open(person));
  for (let more = 2; more < maxSessions; more += 1) sessions.open(person);
  assert.ok(sessions.find(first));
  sessions.open(person);
  assert.equal(sessions.find(second), null);
  assert.ok(sessions.find(first));
});

test("a launch code works once and is followed by another", () => {
  const launch = new LaunchCode();
  const code = launch.current;
  assert.equal(launch.spend(`${code}x`), false);
  assert.equal(launch.spend(code), true);
  assert.equal(launch.spend(code), false);
  assert.notEqual(launch.current, code);
  assert.equal(launch.spend(launch.current), true);
});
