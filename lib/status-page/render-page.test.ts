import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { pageScript } from "./page-script.ts";
import { renderBadge } from "./render-badge.ts";
import { renderFeed } from "./render-feed.ts";
import type { PageLook } from "./render-page.ts";
import { renderPage } from "./render-page.ts";
import { sampleStatus } from "./sample-status.ts";

const look: PageLook = {
  locale: "en",
  theme: "system",
  checked: "2026-11-24T10:15:00.000Z",
  stale: false,
  stylesheet: "/s.css",
  script: "/s.js",
};
const korean: PageLook = { ...look, locale: "ko" };
const heading = (html: string) => /<h1>(.*?)<\/h1>/.exec(html)?.[1];

test("the sentence says how things are, in both languages", () => {
  const status = sampleStatus(3);
  const [group] = status.groups;
  assert.ok(group);
  const withFirst = (state: "partial" | "no-data" | "maintenance") => ({
    ...status,
    groups: [{ ...group, components: group.components.map((one, index) => (index === 0 ? { ...one, state } : one)) }],
  });
  assert.equal(heading(renderPage(status, look)), "Everything works");
  assert.equal(heading(renderPage(status, korean)), "모든 서비스가 정상입니다");
  assert.equal(heading(renderPage(withFirst("partial"), look)), "Part 0: partial outage");
  assert.match(renderPage(withFirst("partial"), look), /Everything else works\./);
  assert.equal(heading(renderPage(withFirst("no-data"), look)), "Nothing is known now about Part 0");
  assert.equal(heading(renderPage(withFirst("maintenance"), look)), "Maintenance is under way: Part 0");
  assert.equal(heading(renderPage(sampleStatus(0), look)), "Nothing is shown here yet");
});

test("a state that nobody checks is never shown as that of now", () => {
  const html = renderPage(sampleStatus(2), { ...look, stale: true });
  assert.equal(heading(html), "This is the last known state");
  assert.match(html, /<time datetime="2026-11-24T10:15:00\.000Z">24 Nov 2026, 10:15 UTC<\/time>/);
  const [component] = sampleStatus(1).groups[0]?.components ?? [];
  assert.ok(component);
  assert.match(renderBadge(component, "en", true), /No data/);
  assert.match(renderBadge(component, "ko", false), /부분 0: 정상/);
});

test("every day is there in words, equal neighbours as one", () => {
  const html = renderPage(sampleStatus(1), look);
  assert.match(html, /<li><b>24 Nov 2026<\/b>|<li><b>[^<]* to 24 Nov 2026<\/b>/);
  const named = [...html.matchAll(/<li><b>(\d+ \w+ \d+)(?: to (\d+ \w+ \d+))?<\/b>/g)];
  const days = named.reduce((sum, [, first = "", last = first]) => {
    return sum + (Date.parse(`${last} UTC`) - Date.parse(`${first} UTC`)) / 86_400_000 + 1;
  }, 0);
  assert.equal(days, 90);
});

test("whatever people write stays text", () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      "<script>x</script>",
      '"><img src=x onerror=y>',
      "</title><b>",
      "&lt;",
      "' onload='x",
      "\u0000\u202E<",
    ),
    fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
  );
  fc.assert(
    fc.property(hostile, (text) => {
      const words = { en: text, ko: text };
      const [component] = sampleStatus(1).groups[0]?.components ?? [];
      assert.ok(component);
      const update = { at: look.checked, phase: "identified" as const, text: words };
      const status = sampleStatus(0, {
        title: words,
        groups: [{ name: words, components: [{ ...component, name: words, description: words }] }],
        incidents: [
          { id: "a", title: words, began: look.checked, resolved: null, components: ["part-0"], updates: [update] },
        ],
        maintenance: [{ id: "b", title: words, text: words, starts: look.checked, ends: look.checked, components: [] }],
      });
      const calm = sampleStatus(0, {
        ...status,
        title: { en: "x" },
        groups: [{ name: { en: "x" }, components: [{ ...component, name: { en: "x" }, description: { en: "x" } }] }],
        incidents: status.incidents.map((one) => ({
          ...one,
          title: { en: "x" },
          updates: [{ ...update, text: { en: "x" } }],
        })),
        maintenance: status.maintenance.map((one) => ({ ...one, title: { en: "x" }, text: { en: "x" } })),
      });
      const tags = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/"[^"]*"/g, '""'));
      assert.deepEqual(tags(renderPage(status, look)), tags(renderPage(calm, look)));
      assert.deepEqual(tags(renderFeed(status, "ko")), tags(renderFeed(calm, "ko")));
      assert.deepEqual(
        tags(renderBadge({ ...component, name: words }, "en", false)),
        tags(renderBadge(component, "en", false)),
      );
    }),
    { numRuns: 40 },
  );
});

test("the script is JavaScript that stands alone", () => {
  // oxlint-disable-next-line typescript/no-implied-eval -- it is only parsed
  assert.doesNotThrow(() => new Function(pageScript));
  assert.doesNotMatch(pageScript, /import|require|<\/script/);
});
