import assert from "node:assert/strict";
import { test } from "node:test";

import { shortName, stepTitle } from "./layer-title.ts";

test("a step is told as its author wrote it", () => {
  const steps = [
    ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
    ["/bin/sh -c #(nop) COPY file:7027c77992f5b5a06465828d75ae4ff9 in /bin/ ", "COPY /bin/"],
    ["|1 VERSION=0.9.0 /bin/sh -c chmod +x /bin/work.sh", "chmod +x /bin/work.sh"],
    ["RUN /bin/sh -c npm ci # buildkit", "npm ci"],
    ["RUN |2 A=1 B=2 /bin/sh -c make all # buildkit", "make all"],
    ["COPY rootfs / # buildkit", "COPY rootfs /"],
    ["x".repeat(200), `${"x".repeat(59)}…`],
  ];
  for (const [said, told] of steps) assert.equal(stepTitle(said ?? ""), told);
});

test("an image is named without the registry that everything there comes from", () => {
  assert.equal(shortName("127.0.0.1:5000/shop/web:1.4.2"), "shop/web:1.4.2");
  assert.equal(shortName("docker.io/library/redis:8"), "redis:8");
  assert.equal(shortName(`ghcr.io/a/b@sha256:${"0123456789abcdef".repeat(4)}`), "a/b@0123456");
  assert.equal(shortName("<none>"), "<none>");
});
