import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Environment } from "./proxy.ts";
import { routeTo } from "./proxy.ts";

function proxyFor(server: string, env: Environment, proxyUrl: string | null = null): string | null {
  const route = routeTo(new URL(server), proxyUrl, env);
  return route.type === "direct" ? null : route.proxy.href;
}

describe("routeTo", () => {
  it("takes the kubeconfig's proxy before everything else", () => {
    assert.equal(
      proxyFor("https://127.0.0.1:6443", { NO_PROXY: "*", HTTPS_PROXY: "http://env" }, "socks5://own:1080"),
      "socks5://own:1080",
    );
  });

  it("takes the environment's by scheme, upper case first, http:// where no scheme is written", () => {
    assert.equal(
      proxyFor("https://kube:6443", { HTTPS_PROXY: "http://a:1", https_proxy: "http://b:1", HTTP_PROXY: "http://c:1" }),
      "http://a:1/",
    );
    assert.equal(proxyFor("https://kube:6443", { https_proxy: "b:3128" }), "http://b:3128/");
    assert.equal(proxyFor("http://kube:8080", { HTTPS_PROXY: "http://a:1", HTTP_PROXY: "http://c:1" }), "http://c:1/");
    assert.equal(proxyFor("https://kube:6443", { HTTP_PROXY: "http://c:1" }), null);
    assert.equal(proxyFor("https://kube:6443", { HTTPS_PROXY: "" }), null);
  });

  it("leaves out this machine and what NO_PROXY names", () => {
    const env = (NO_PROXY: string) => ({ HTTPS_PROXY: "http://proxy:1", NO_PROXY });
    for (const server of ["https://localhost:6443", "https://127.3.2.1", "https://[::1]:6443"])
      assert.equal(proxyFor(server, env("")), null, server);
    const cases: [server: string, noProxy: string, direct: boolean][] = [
      ["https://kube.example.com", "*", true],
      ["https://kube.example.com", "example.com", true],
      ["https://kube.example.com", " other , .EXAMPLE.com", true],
      ["https://kube.example.com", "*.example.com", true],
      ["https://example.com", "example.com", true],
      ["https://example.com", ".example.com", false],
      ["https://notexample.com", "example.com", false],
      ["https://10.1.2.3:6443", "10.0.0.0/8", true],
      ["https://11.1.2.3:6443", "10.0.0.0/8", false],
      ["https://[fd00::1]:6443", "fd00::/8", true],
      ["https://10.1.2.3:6443", "10.1.2.3", true],
      ["https://10.1.2.33", "10.1.2.3", false],
      ["https://kube:6443", "kube:6443", true],
      ["https://kube:6443", "kube:443", false],
      ["https://kube", "kube:443", true],
      ["https://kube", "10.0.0.0/99", false],
    ];
    for (const [server, noProxy, direct] of cases)
      assert.equal(proxyFor(server, env(noProxy)) === null, direct, `${server} with ${noProxy}`);
  });

  it("does not repeat an address that is none, since it may hold a password", () => {
    assert.throws(
      () => routeTo(new URL("https://kube"), "http://user:secret@:::", {}),
      (error: Error) => error instanceof TypeError && !error.message.includes("secret"),
    );
    assert.throws(() => routeTo(new URL("https://kube"), "ftp://proxy", {}), /ftp/);
  });
});
