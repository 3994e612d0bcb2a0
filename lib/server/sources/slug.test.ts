import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { slugsOf } from "./slug.ts";

describe("slugsOf", () => {
  it("keeps names that are slugs already and folds punctuation", () => {
    assert.deepEqual(
      slugsOf([
        "prod",
        "gke_project_europe-west1_main",
        "arn:aws:eks:eu-west-1:123456789012:cluster/prod",
        "kubernetes-admin@kubernetes",
        "v1.2",
      ]),
      [
        "prod",
        "gke_project_europe-west1_main",
        "arn-aws-eks-eu-west-1-123456789012-cluster-prod",
        "kubernetes-admin-kubernetes",
        "v1.2",
      ],
    );
  });

  it("tells apart what would meet, and lets the name that is its own slug keep it", () => {
    const [a, b, c] = slugsOf(["prod/eu", "prod:eu", "prod-eu"]);
    assert.match(a ?? "", /^prod-eu-[0-9a-f]{8}$/);
    assert.match(b ?? "", /^prod-eu-[0-9a-f]{8}$/);
    assert.notEqual(a, b);
    assert.equal(c, "prod-eu");
  });

  it("does not depend on order", () => {
    const names = ["prod/eu", "prod:eu", "운영", "x", "prod-개발"];
    const forwards = new Map(slugsOf(names).map((slug, index) => [names[index], slug]));
    const backwards = names.toReversed();
    assert.deepEqual(
      slugsOf(backwards),
      backwards.map((name) => forwards.get(name)),
    );
  });

  it("names what has no ASCII letters by its hash, and marks lost letters and long names", () => {
    const [korean, mixed, dots, long] = slugsOf(["운영", "prod-개발", "..", "x".repeat(300)]);
    assert.match(korean ?? "", /^context-[0-9a-f]{8}$/);
    assert.match(mixed ?? "", /^prod-[0-9a-f]{8}$/);
    assert.match(dots ?? "", /^context-[0-9a-f]{8}$/);
    assert.match(long ?? "", /^x{71}-[0-9a-f]{8}$/);
  });

  it("always gives distinct, URL-safe slugs", () => {
    const name = fc.oneof(
      fc.string({ minLength: 1, unit: "binary" }),
      fc.string({ minLength: 1, unit: fc.constantFrom("a", "/", ":", "-", ".", "é") }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 40 }), (names) => {
        const slugs = slugsOf(names);
        assert.equal(new Set(slugs).size, names.length);
        for (const slug of slugs) {
          assert.match(slug, /^[\w.-]{1,80}$/);
          assert.equal(encodeURIComponent(slug), slug);
          assert.ok(!slug.startsWith("."));
        }
      }),
    );
  });
});
