import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { sampleStatus } from "../../../status-page/sample-status.ts";
import type { Published } from "../published/document.ts";
import { encodingOf } from "./site-answer.ts";
import { StatusSite } from "./status-site.ts";

type Told = { status: number; headers: Record<string, unknown>; body: Buffer };

const start = Date.UTC(2026, 10, 24, 10, 15, 30);

function make(components = 10) {
  const clock = { ms: start };
  const published: { now: Published | null } = { now: { status: sampleStatus(components), checked: start } };
  const site = new StatusSite(
    () => published.now,
    () => clock.ms,
  );
  const get = (url: string, headers: Record<string, string> = {}, method = "GET"): Told | null => {
    const told: Told = { status: 0, headers: {}, body: Buffer.alloc(0) };
    const response = {
      writeHead(status: number, sent: Record<string, unknown> = {}) {
        Object.assign(told, { status, headers: sent });
        return this;
      },
      end(body?: Buffer | string) {
        told.body = Buffer.from(body ?? "");
      },
    };
    const request = { url, method, headers } as unknown as IncomingMessage;
    return site.answer(request, response as unknown as ServerResponse) ? told : null;
  };
  return { get, clock, published };
}

test("it answers its own addresses and no other", () => {
  const { get } = make();
  for (const path of ["/status", "/api/status", "/status/feed.xml", "/status/badge/part-0.svg", "/status?lang=ko"]) {
    assert.equal(get(path)?.status, 200, path);
  }
  for (const path of ["/status/badge/nothing.svg", "/status/x", "/status/badge/..%2F.svg"]) {
    assert.equal(get(path)?.status, 404, path);
  }
  assert.equal(get("/status", {}, "POST")?.status, 405);
  assert.equal(get("/status/")?.headers["location"], "/status");
  for (const path of ["/", "/pods", "/api/query", "/api/status-admin", "/statusx"]) assert.equal(get(path), null, path);
});

test("each encoding is the same text, and what is known already is not sent again", () => {
  const { get } = make();
  const plain = get("/status");
  const brotli = get("/status", { "accept-encoding": "gzip, br" });
  const gzip = get("/status", { "accept-encoding": "gzip, br;q=0" });
  assert.ok(plain && brotli && gzip);
  assert.deepEqual(
    [plain, brotli, gzip].map(({ headers }) => headers["content-encoding"]),
    [undefined, "br", "gzip"],
  );
  assert.ok(brotliDecompressSync(brotli.body).equals(plain.body));
  assert.ok(gunzipSync(gzip.body).equals(plain.body));
  const etag = String(plain.headers["etag"]);
  assert.equal(get("/status", { "if-none-match": `"x", ${etag}` })?.status, 304);
  assert.equal(get("/status", { "if-none-match": '"x"' })?.status, 200);
  assert.equal(get("/status", {}, "HEAD")?.body.length, 0);
  assert.equal(encodingOf("identity"), "identity");
});

test("the language is the address's, the reader's, the browser's; the theme the reader's", () => {
  const { get } = make();
  const html = (url: string, headers = {}) => String(get(url, headers)?.body);
  assert.match(html("/status"), /<html lang="en" data-theme="system">/);
  assert.match(html("/status", { "accept-language": "ko-KR,ko;q=0.9" }), /<html lang="ko"/);
  assert.match(
    html("/status", { cookie: "stowage-lang=ko; stowage-theme=dark" }),
    /<html lang="ko" data-theme="dark">/,
  );
  assert.match(html("/status?lang=en", { cookie: "stowage-lang=ko" }), /<html lang="en"/);
  assert.match(html("/status", { cookie: 'stowage-theme="><script>' }), /data-theme="system"/);
});

test("what nobody checks any more is shown as the last known state", () => {
  const { get, clock, published } = make();
  const before = get("/status");
  clock.ms += 40_000;
  assert.equal(get("/status")?.headers["etag"], before?.headers["etag"]);
  clock.ms += 10_000;
  assert.match(String(get("/status")?.body), /This is the last known state/);
  const told: { stale?: unknown; checked?: unknown } = JSON.parse(String(get("/api/status")?.body));
  assert.deepEqual([told.stale, told.checked], [true, "2026-11-24T10:15:00.000Z"]);
  assert.match(String(get("/status/badge/part-0.svg")?.body), /No data/);
  published.now = { status: sampleStatus(10), checked: clock.ms };
  assert.doesNotMatch(String(get("/status")?.body), /This is the last known state/);
  published.now = null;
  assert.match(String(get("/status")?.body), /Nothing is shown here yet/);
});

test("the whole page is at most 100 KB as it travels, with fifty components and a hundred incidents", () => {
  const { get, published } = make();
  const words = (index: number) => ({
    en: `Something ${index} went wrong with ${"payments and orders ".repeat(1 + (index % 7))}`,
    ko: `${index}번째 문제: ${"결제와 주문 ".repeat(1 + (index % 5))}`,
  });
  const at = (index: number) => new Date(start - index * 20_000_000).toISOString();
  const incidents = Array.from({ length: 100 }, (_, index) => ({
    id: `id${index}`,
    title: words(index),
    began: at(index),
    resolved: index < 2 ? null : at(index - 1),
    components: [`part-${index % 50}`],
    updates: Array.from({ length: 4 }, (_, update) => ({
      at: at(index),
      phase: "identified" as const,
      text: words(index * 4 + update),
    })),
  }));
  published.now = { status: sampleStatus(50, { incidents }), checked: start };
  for (const encoding of ["br", "gzip"]) {
    for (const lang of ["en", "ko"]) {
      const page = get(`/status?lang=${lang}`, { "accept-encoding": encoding });
      const html = String(get(`/status?lang=${lang}`)?.body);
      const loaded = [...html.matchAll(/(?:href|src)="(\/status\/[a-z]+-[0-9a-f]+\.(?:css|js))"/g)].map(
        ([, path = ""]) => get(path, { "accept-encoding": encoding })?.body.length ?? Number.NaN,
      );
      assert.equal(loaded.length, 2);
      const bytes = loaded.reduce((sum, one) => sum + one, page?.body.length ?? Number.NaN);
      assert.ok(bytes <= 100 * 1024, `${encoding} ${lang}: ${bytes} bytes`);
    }
  }
});
