import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mayListAndWatch, whoAmI } from "./reviews.ts";
import { answerJson } from "./testing/test-api-server.ts";
import { startCluster } from "./testing/test-cluster.ts";
import { asPerson, asReader } from "./testing/test-transport.ts";

type Review = { kind: string; spec?: { token?: string; resourceAttributes?: Record<string, string> } };

/** A server that answers each review as `answer` says. */
async function reviewed(
  answer: (path: string, review: Review, authorization: string | undefined) => [status: number, body: unknown],
) {
  const reviews: Review[] = [];
  const cluster = await startCluster((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
    request.on("end", () => {
      const review = JSON.parse(text) as Review;
      reviews.push(review);
      const [status, body] = answer(request.url ?? "", review, request.headers.authorization);
      answerJson(response, status, body);
    });
  });
  return { ...cluster, reviews };
}

const pods = { group: "", resource: "pods", namespace: null };

describe("mayListAndWatch", () => {
  it("wants both verbs, and names no namespace for all of them", async () => {
    for (const refused of ["list", "watch", "none"]) {
      const world = await reviewed((_, review) => [
        201,
        { status: { allowed: review.spec?.resourceAttributes?.["verb"] !== refused } },
      ]);
      assert.equal(await mayListAndWatch(world.source, asPerson, pods), refused === "none");
      assert.deepEqual(
        new Set(world.reviews.map(({ spec }) => spec?.resourceAttributes?.["verb"])),
        new Set(["list", "watch"]),
      );
      assert.ok(world.reviews.every(({ spec }) => !("namespace" in (spec?.resourceAttributes ?? {}))));
      await world.close();
    }
  });

  it("does not take a failed review for a refusal, nor a strange answer for leave", async () => {
    const down = await reviewed(() => [500, {}]);
    await assert.rejects(mayListAndWatch(down.source, asPerson, { ...pods, namespace: "shop" }), {
      code: "source-refused",
    });
    await down.close();
    const strange = await reviewed(() => [201, { status: { allowed: "yes" } }]);
    await assert.rejects(mayListAndWatch(strange.source, asPerson, pods), { code: "source-refused" });
    await strange.close();
  });
});

describe("whoAmI", () => {
  it("says what the server says", async () => {
    const world = await reviewed(() => [
      201,
      { status: { userInfo: { username: "jane", uid: "7", groups: ["team"] } } },
    ]);
    assert.deepEqual(await whoAmI(world.source, asPerson), { name: "jane", uid: "7", groups: ["team"] });
    await world.close();
  });

  it("takes nobody for somebody", async () => {
    for (const username of ["system:anonymous", ""]) {
      const world = await reviewed(() => [201, { status: { userInfo: { username } } }]);
      await assert.rejects(whoAmI(world.source, asPerson), { code: "signed-out" });
      await world.close();
    }
    const refused = await reviewed(() => [401, { kind: "Status", message: "Unauthorized" }]);
    await assert.rejects(whoAmI(refused.source, asPerson), { code: "signed-out" });
    await refused.close();
  });

  it("has the reader review the token where the server is too old, and only then", async () => {
    const world = await reviewed((path, review, authorization) => {
      if (path.endsWith("selfsubjectreviews")) return [404, { kind: "Status", message: "not found" }];
      assert.equal(authorization, undefined, "asked as the reader");
      const known = review.spec?.token === "persons-token";
      return [
        201,
        {
          status: known
            ? { authenticated: true, user: { username: "jane" } }
            : { user: {}, error: "[invalid bearer token]" },
        },
      ];
    });
    assert.deepEqual(await whoAmI(world.source, asPerson), { name: "jane", uid: null, groups: [] });
    await assert.rejects(whoAmI(world.source, { type: "token", token: "other" }), { code: "signed-out" });
    await assert.rejects(whoAmI(world.source, asReader), { code: "not-found" });
    await world.close();
  });
});
