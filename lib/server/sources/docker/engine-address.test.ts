import assert from "node:assert/strict";
import { test } from "node:test";

import { parseEngineAddress, printEngineAddress } from "./engine-address.ts";

test("addresses are read as Docker reads them", () => {
  for (const [text, tls, address] of [
    ["unix:///run/docker.sock", false, { type: "unix", path: "/run/docker.sock" }],
    ["unix://", false, { type: "unix", path: "/var/run/docker.sock" }],
    ["tcp://10.0.0.1", false, { type: "tcp", host: "10.0.0.1", port: 2375, tls: false }],
    ["tcp://10.0.0.1", true, { type: "tcp", host: "10.0.0.1", port: 2376, tls: true }],
    ["tcp://build:1234", false, { type: "tcp", host: "build", port: 1234, tls: false }],
    ["tcp://[::1]:2376/", true, { type: "tcp", host: "::1", port: 2376, tls: true }],
    ["ssh://me@build", false, { type: "ssh", user: "me", host: "build", port: null, path: "/var/run/docker.sock" }],
    ["ssh://build:22/run/d.sock", false, { type: "ssh", user: null, host: "build", port: 22, path: "/run/d.sock" }],
  ] as const) {
    assert.deepEqual(parseEngineAddress(text, { tls }), address, text);
  }
});

test("what is no address is none, and nothing becomes an option of ssh", () => {
  for (const text of [
    "",
    "docker",
    "unix://relative",
    "npipe:////./pipe/docker",
    "tcp://user@host",
    "tcp://host/path",
    "tcp://",
    "ssh://-oProxyCommand=x",
    "ssh://me:secret@host",
    "ssh://-l@host",
    "fd://",
  ]) {
    assert.equal(parseEngineAddress(text, { tls: false }), null, text);
  }
});

test("an address is printed as it is written", () => {
  for (const text of ["unix:///run/docker.sock", "tcp://[::1]:2376", "tcp://build:1", "ssh://me@build:22"]) {
    const address = parseEngineAddress(text, { tls: false });
    assert.equal(address && printEngineAddress(address), text);
  }
});
