import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { wireErrorOf } from "../../error.ts";
import { errorOfAnswer, errorOfStatusObject, isKubeError } from "./kube-error.ts";
import { withoutSecrets } from "./without-secrets.ts";

const status = (fields: object) => JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", ...fields });

describe("errorOfAnswer", () => {
  it("takes the code from the status, and message and reason from the Status", () => {
    const codes: [number, string][] = [
      [400, "bad-request"],
      [401, "signed-out"],
      [403, "forbidden"],
      [404, "not-found"],
      [409, "source-refused"],
      [410, "gone"],
      [413, "too-large"],
      [422, "bad-request"],
      [429, "busy"],
      [500, "source-refused"],
      [502, "source-unreachable"],
      [503, "busy"],
      [504, "source-unreachable"],
    ];
    for (const [code, expected] of codes) {
      const error = errorOfAnswer(code, {}, status({ message: "as told", reason: "Why", code }));
      assert.deepEqual(
        { ...wireErrorOf(error), status: error.status, reason: error.reason },
        { code: expected, detail: "as told", status: code, reason: "Why" },
      );
      assert.ok(isKubeError(error));
    }
  });

  it("reads how long to wait from the header, else from the Status", () => {
    const told = status({ details: { retryAfterSeconds: 7 } });
    assert.equal(errorOfAnswer(429, { "retry-after": "3" }, told).retryAfter, 3);
    assert.equal(errorOfAnswer(429, {}, told).retryAfter, 7);
    assert.equal(errorOfAnswer(429, { "retry-after": "soon" }, "").retryAfter, null);
    const inFive = errorOfAnswer(503, { "retry-after": new Date(Date.now() + 5000).toUTCString() }, "").retryAfter ?? 0;
    assert.ok(inFive >= 3 && inFive <= 6, String(inFive));
  });

  it("makes do with bodies that are no Status", () => {
    assert.equal(errorOfAnswer(502, {}, "<html>Bad gateway</html>").detail, "the server answered 502");
    assert.equal(errorOfAnswer(500, {}, " no leader ").detail, "the server answered 500: no leader");
    assert.equal(errorOfAnswer(500, {}, "{").detail, "the server answered 500: {");
    assert.equal(errorOfAnswer(500, {}, status({ message: 5, reason: {}, code: "x", details: "y" })).reason, null);
  });

  it("says where a redirect leads, without what may be secret in it", () => {
    const error = errorOfAnswer(302, { location: "https://login.test/auth?state=secret" }, "");
    assert.equal(error.code, "source-refused");
    assert.match(error.detail ?? "", /redirects \(302\) to https:\/\/login\.test;/);
    assert.doesNotMatch(error.message, /secret/);
  });

  it("reads the Status that ends a watch", () => {
    const error = errorOfStatusObject({
      kind: "Status",
      code: 410,
      reason: "Expired",
      message: "too old resource version",
    });
    assert.equal(error.code, "gone");
    assert.equal(errorOfStatusObject("nonsense").code, "source-refused");
    assert.equal(errorOfStatusObject(null).status, 500);
  });
});

describe("withoutSecrets", () => {
  it("takes out tokens, passwords in addresses and control characters, and keeps the rest", () => {
    assert.equal(
      withoutSecrets("dial https://me:pw@host/x: Bearer abc.def failed"),
      "dial https://[credentials]@host/x: Bearer [token] failed",
    );
    assert.equal(withoutSecrets("token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln end"), "token [token] end");
    assert.equal(withoutSecrets("\u001B[31mred\u001B[0m\u0007 한국어\nline"), "red 한국어\nline");
    assert.equal(withoutSecrets("x".repeat(2000)).length, 500);
  });
});
