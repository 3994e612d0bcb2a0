import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Handler } from "./testing/test-api-server.ts";
import { answerJson } from "./testing/test-api-server.ts";
import { startCluster } from "./testing/test-cluster.ts";
import { asPerson, asReader } from "./testing/test-transport.ts";
import type { ClusterSource } from "./cluster-source.ts";

async function asking(handle: Handler, test: (source: ClusterSource) => Promise<void>): Promise<void> {
  const cluster = await startCluster(handle);
  try {
    await test(cluster.source);
  } finally {
    await cluster.close();
  }
}

describe("clusterSource", () => {
  it("reads and posts JSON", async () => {
    await asking(
      (request, response) => {
        let body = "";
        request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
        request.on("end", () =>
          answerJson(response, 201, { method: request.method, type: request.headers["content-type"], body }),
        );
      },
      async (source) => {
        assert.deepEqual(await source.getJson("/x", asReader), { method: "GET", body: "" });
        assert.deepEqual(await source.postJson("/x", { a: "é" }, asPerson), {
          method: "POST",
          type: "application/json",
          body: '{"a":"é"}',
        });
      },
    );
  });

  it("keeps a key called __proto__ a key", async () => {
    await asking(
      (_, response) =>
        response.writeHead(200, { "content-type": "application/json" }).end('{"__proto__":{"polluted":true}}'),
      async (source) => {
        const answer = await source.getJson("/x", asReader);
        assert.deepEqual(Object.keys(answer as object), ["__proto__"]);
        assert.equal((Object.getPrototypeOf({}) as { polluted?: boolean }).polluted, undefined);
      },
    );
  });

  it("throws what a Status says", async () => {
    await asking(
      (request, response) =>
        answerJson(
          response,
          request.url === "/busy" ? 429 : 403,
          { kind: "Status", message: "pods is forbidden", reason: "Forbidden" },
          { "retry-after": "2" },
        ),
      async (source) => {
        await assert.rejects(source.getJson("/x", asReader), {
          code: "forbidden",
          detail: "pods is forbidden",
          status: 403,
          reason: "Forbidden",
        });
        await assert.rejects(source.open({ method: "GET", path: "/busy", credential: asReader }), {
          code: "busy",
          retryAfter: 2,
        });
      },
    );
  });

  it("stops at the bound, for an answer and for an error", async () => {
    await asking(
      (request, response) => {
        response.writeHead(request.url === "/error" ? 500 : 200, { "content-type": "application/json" });
        const more = () => {
          while (!response.destroyed && response.write(" ".repeat(16_384)));
          if (!response.destroyed) response.once("drain", more);
        };
        more();
      },
      async (source) => {
        await assert.rejects(source.getJson("/x", asReader, { maxBytes: 100_000 }), { code: "too-large" });
        await assert.rejects(source.getJson("/error", asReader), { code: "source-refused", status: 500 });
      },
    );
  });

  it("says when the answer is not an API server's", async () => {
    await asking(
      (request, response) => {
        if (request.url === "/html") response.writeHead(200, { "content-type": "text/html" }).end("<h1>Sign in</h1>");
        else if (request.url === "/cut") response.writeHead(200, { "content-type": "application/json" }).end('{"a":');
        else answerJson(response, 200, {});
      },
      async (source) => {
        await assert.rejects(source.getJson("/html", asReader), {
          code: "source-refused",
          detail: /text\/html.* is it a Kubernetes API server/,
        });
        await assert.rejects(source.getJson("/cut", asReader), {
          code: "source-refused",
          detail: "the answer is not JSON",
        });
        await assert.rejects(source.version(asReader), { code: "source-refused" });
      },
    );
  });

  it("rejects with the signal's reason when it is aborted in the middle of a body", async () => {
    await asking(
      (_, response) => void response.writeHead(200, { "content-type": "application/json" }).write("{"),
      async (source) => {
        const abort = new AbortController();
        const reason = new Error("gone elsewhere");
        const asked = source.getJson("/x", asReader, { signal: abort.signal });
        setTimeout(() => abort.abort(reason), 30);
        await assert.rejects(asked, reason);
      },
    );
  });

  it("says which version the server is", async () => {
    await asking(
      (_, response) => answerJson(response, 200, { gitVersion: "v1.37.2", platform: "linux/amd64" }),
      async (source) =>
        assert.deepEqual(await source.version(asReader), { gitVersion: "v1.37.2", platform: "linux/amd64" }),
    );
  });
});
