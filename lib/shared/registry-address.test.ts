import assert from "node:assert/strict";
import { test } from "node:test";

import { imageHref, imagePage } from "./registry-address.ts";

const digest = `sha256:${"a".repeat(64)}`;

test("an image's address holds its host, its name and what is asked of it", () => {
  assert.equal(imageHref("127.0.0.1:5000", "shop/web", "1"), "/registries/127.0.0.1%3A5000/shop/web?ref=1");
  assert.equal(
    imageHref("ghcr.io", "a/b", digest, { platform: "linux/arm64", pod: null, layer: "" }),
    `/registries/ghcr.io/a/b?ref=${digest}&platform=linux/arm64`,
  );
});

test("what a container runs leads to the image as it was named, with what the runtime says it is", () => {
  assert.equal(
    imagePage("nginx", `docker.io/library/nginx@${digest}`, "prod/shop/web-1"),
    `/registries/docker.io/library/nginx?ref=latest&was=${digest}&pod=prod/shop/web-1`,
  );
  assert.equal(imagePage(`ghcr.io/a/b:1@${digest}`, digest, null), `/registries/ghcr.io/a/b?ref=${digest}`);
  // A kubelet may show the image ID in the place of the name.
  assert.equal(
    imagePage(digest, `docker-pullable://ghcr.io/a/b@${digest}`, null),
    `/registries/ghcr.io/a/b?ref=${digest}`,
  );
  assert.equal(imagePage(digest, digest, null), null);
  assert.equal(imagePage("Not An Image", null, null), null);
  assert.equal(imagePage("a/b&c", null, null), null);
});
