import assert from "node:assert/strict";
import { test } from "node:test";

import { ForbiddenAddress, guardedLookup, isForbiddenAddress } from "./address-guard.ts";

test("link-local and metadata addresses are forbidden in every way of writing them", () => {
  for (const address of [
    "169.254.169.254",
    "169.254.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "fe80::1",
    "[fe80::1%eth0]",
    "fd00:ec2::254",
    "fd00:0ec2:0:0:0:0:0:254",
    "::",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "::169.254.169.254",
    "2002:a9fe:a9fe::1",
    "64:ff9b::a9fe:a9fe",
  ]) {
    assert.equal(isForbiddenAddress(address), true, address);
  }
});

test("registries on this machine, in private networks and outside are not", () => {
  for (const address of ["127.0.0.1", "::1", "10.0.0.5", "192.168.1.2", "172.16.0.1", "93.184.216.34", "2001:db8::1"]) {
    assert.equal(isForbiddenAddress(address), false, address);
  }
});

test("a name is looked up once, and only to what may be asked", async () => {
  const found = await new Promise((resolve) =>
    guardedLookup("localhost", { all: true }, (error, addresses) => resolve(error ?? addresses)),
  );
  assert.ok(Array.isArray(found) && found.length > 0);
  const refused = await new Promise((resolve) =>
    guardedLookup("169.254.169.254", {}, (error, address) => resolve(error ?? address)),
  );
  assert.ok(refused instanceof ForbiddenAddress);
});
