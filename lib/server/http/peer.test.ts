import assert from "node:assert/strict";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { test } from "node:test";

import { tellPeer, trustedProxies } from "./peer.ts";

const trusted = trustedProxies(["10.0.0.0/8", "fd00::/8", "192.0.2.7"]);

function told(from: string, headers: Record<string, string>, encrypted = false) {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: from });
  if (encrypted) Object.defineProperty(socket, "encrypted", { value: true });
  const request = new IncomingMessage(socket);
  Object.assign(request.headers, headers);
  request.url = "/pods?q=x";
  tellPeer(request, trusted);
  socket.destroy();
  const { "x-stowage-address": address, "x-stowage-secure": secure, "x-stowage-path": path } = request.headers;
  return {
    address,
    secure,
    path,
    others: Object.keys(request.headers).filter((name) => name.startsWith("x-stowage-other")),
  };
}

test("a stranger's word about itself is not heard", () => {
  const said = {
    host: "stowage.test",
    "x-forwarded-for": "198.51.100.1",
    "x-forwarded-proto": "https",
    "x-stowage-address": "198.51.100.1",
    "x-stowage-secure": "1",
    "x-stowage-path": "/x",
    "x-stowage-other": "1",
  };
  assert.deepEqual(told("203.0.113.9", said), { address: "203.0.113.9", secure: "0", path: "/pods?q=x", others: [] });
});

test("a trusted proxy's word is, up to the first address that is no proxy", () => {
  const host = "stowage.test";
  const chain = (list: string) => told("::ffff:10.1.2.3", { host, "x-forwarded-for": list }).address;
  assert.equal(chain("198.51.100.1"), "198.51.100.1");
  assert.equal(chain("1.1.1.1, 198.51.100.1, 192.0.2.7"), "198.51.100.1", "what a client put before it does not count");
  assert.equal(chain("evil, 10.9.9.9"), "10.9.9.9");
  assert.equal(chain("10.9.9.9"), "10.9.9.9");
  assert.equal(told("10.1.2.3", { host }).address, "10.1.2.3");
  assert.equal(told("fd00::1", { host, "x-forwarded-for": "2001:db8::1" }).address, "2001:db8::1");
  assert.equal(told("10.1.2.3", { host, "x-forwarded-proto": "https" }).secure, "1");
  assert.equal(told("10.1.2.3", { host, "x-forwarded-proto": "http" }).secure, "0");
  assert.equal(told("10.1.2.3", { host, "x-forwarded-proto": "https, http" }).secure, "0");
});

test("a secure cookie can travel by TLS and to loopback names", () => {
  for (const host of ["localhost:7117", "127.0.0.1:7117", "127.1.2.3", "[::1]:7117", "LOCALHOST"])
    assert.equal(told("203.0.113.9", { host }).secure, "1", host);
  for (const host of ["stowage.test", "127.evil.test", "localhost.evil.test", "192.0.2.1:7117"])
    assert.equal(told("127.0.0.1", { host }).secure, "0", host);
  assert.equal(told("203.0.113.9", { host: "stowage.test" }, true).secure, "1");
});
