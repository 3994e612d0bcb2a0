import assert from "node:assert/strict";
import { test } from "node:test";

import { checkPassword, hashPassword, isOutdated, isPassword } from "./password.ts";

test("a password is kept as PHC text of Argon2id, and only the same one is right", async () => {
  const kept = await hashPassword("correct horse battery");
  assert.match(kept, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  assert.notEqual(await hashPassword("correct horse battery"), kept, "every one has its own salt");
  assert.equal(await isPassword("correct horse battery", kept), true);
  assert.equal(await isPassword("correct horse batterz", kept), false);
  assert.equal(isOutdated(kept), false);
});

test("nothing is right where there is no password", async () => {
  assert.equal(await isPassword("", null), false);
  assert.equal(await isPassword("anything at all", null), false);
});

test("letters that look alike are alike: Hangul may be typed in one piece or in three", async () => {
  const kept = await hashPassword("컨테이너를 높이 쌓아 올린 배".normalize("NFC"));
  assert.equal(await isPassword("컨테이너를 높이 쌓아 올린 배".normalize("NFD"), kept), true);
});

test("one that was kept with another cost is right, and to be kept anew", async () => {
  // Made by the reference implementation: argon2 somesalt -id -t 2 -m 16 -p 1, password "password".
  const kept = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  assert.equal(await isPassword("password", kept), true);
  assert.equal(isOutdated(kept), true);
});

test("what is too short, too long or the login is refused", () => {
  for (const [password, login] of [
    ["elevenchars", "a"],
    ["x".repeat(257), "a"],
    ["Alice.Anders", "alice.anders"],
  ] as const) {
    assert.throws(() => checkPassword(password, login), { code: "weak-password" });
  }
  checkPassword("twelve chars", "a");
  checkPassword("열두글자가되는긴비밀번호", "a");
});
