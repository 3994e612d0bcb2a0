import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { buildChainForest } from "./chain-forest.ts";
import type { StackedContainer, StackedImage } from "./chain-forest.ts";
import { icicleOf } from "./icicle.ts";
import { ledgerOf, prunable, removalOf } from "./ledger.ts";

/** An image by the differences that it is made of, lowest first: `base+web` stands on `base`. A difference's size is its number. */
function image(id: string, diffs: readonly number[], names: readonly string[] = [id]): StackedImage {
  let chain = "";
  const layers = diffs.map((diff) => {
    chain += `/${diff}`;
    return { chain, diff: `d${diff}`, bytes: diff * 10 };
  });
  return { id, names, layers };
}

function container(id: string, of: string, writable: number | null = 0): StackedContainer {
  return { id, name: id, image: of, running: true, writable };
}

const shop = [image("web", [5, 2]), image("api", [5, 3]), image("old", [7], []), image("tool", [5, 2, 1])];

test("what is shared lies on the disk once", () => {
  const { images, ...ledger } = ledgerOf(
    buildChainForest(shop, [container("w1", "web", 4), container("w2", "web", 6)]),
  );
  assert.deepEqual(ledger, { onDisk: 180, apart: 300, saved: 120, shared: 70, writable: 10 });
  assert.deepEqual(
    images.map(({ image: { id }, bytes, shared, unique, containers }) => [id, bytes, shared, unique, containers]),
    [
      ["web", 70, 70, 0, 2],
      ["api", 80, 50, 30, 0],
      ["old", 70, 0, 70, 0],
      ["tool", 80, 70, 10, 0],
    ],
  );
});

test("the same difference on another base is another layer", () => {
  const forest = buildChainForest([image("a", [1, 9]), image("b", [2, 9])], []);
  assert.equal(forest.chains.size, 4);
  assert.equal(ledgerOf(forest).saved, 0);
});

test("an image with two tags counts once and keeps both names", () => {
  const forest = buildChainForest([image("a", [1], ["a:1"]), image("a", [1], ["a:1", "a:latest"])], []);
  assert.deepEqual(forest.images[0]?.names, ["a:1", "a:latest"]);
  assert.equal(ledgerOf(forest).apart, 10);
});

test("a removal says what goes, what stays because of whom, and what stands in its way", () => {
  const forest = buildChainForest(shop, [container("w1", "web")]);
  const removal = removalOf(forest, ["tool", "web", "nothing"]);
  assert.equal(removal.frees, 10);
  assert.deepEqual(
    removal.goes.map(({ layer }) => layer.chain),
    ["/5/2/1"],
  );
  assert.deepEqual(
    removal.keeps.map(({ chain, because }) => [chain.layer.chain, because.map(({ id }) => id)]),
    [
      ["/5", ["web", "api"]],
      ["/5/2", ["web"]],
    ],
  );
  assert.deepEqual(
    removal.blockedBy.map(({ id }) => id),
    ["w1"],
  );
});

test("a prune takes what nobody uses and, unless all is asked for, what has no name", () => {
  const forest = buildChainForest(shop, [container("w1", "web")]);
  assert.deepEqual(prunable(forest, { all: false }), ["old"]);
  assert.deepEqual(prunable(forest, { all: true }), ["api", "old", "tool"]);
});

test("one writable layer that nobody measured makes the sum unknown, not zero", () => {
  assert.equal(ledgerOf(buildChainForest(shop, [container("w", "web", null)])).writable, null);
});

test("a chain that is told in two ways is refused", () => {
  const wrong = { ...image("b", [1]), layers: [{ chain: "/1", diff: "d1", bytes: 11 }] };
  assert.throws(() => buildChainForest([image("a", [1]), wrong], []), RangeError);
});

const worlds = fc
  .record({
    images: fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 }), { maxLength: 12 }),
    containers: fc.array(fc.nat(20), { maxLength: 20 }),
  })
  .map(({ images, containers }) =>
    buildChainForest(
      images.map((diffs, index) => image(`i${index}`, diffs)),
      containers.map((of, index) => container(`c${index}`, `i${of % Math.max(images.length, 1)}`)),
    ),
  );

test("property: in the drawing heights add up to the disk and areas to what it would be apart", () => {
  fc.assert(
    fc.property(worlds, (forest) => {
      const { blocks, deck, width } = icicleOf(forest);
      const ledger = ledgerOf(forest);
      assert.equal(
        blocks.reduce((sum, block) => sum + block.height, 0),
        ledger.onDisk,
      );
      const apart = ledger.images.reduce((sum, cost) => sum + cost.bytes * Math.max(cost.containers, 1), 0);
      assert.equal(
        blocks.reduce((sum, block) => sum + block.height * block.width, 0),
        apart,
      );
      assert.equal(deck.length, width);
      for (const { chain, left, width: wide, bottom } of blocks) {
        const below = blocks.find((block) => block.chain === chain.parent);
        assert.equal(bottom, below ? below.bottom + below.height : 0);
        if (below) assert.ok(left >= below.left && left + wide <= below.left + below.width);
      }
    }),
  );
});

test("property: removing all that may go frees what a disk without it would not hold", () => {
  fc.assert(
    fc.property(worlds, fc.array(fc.nat(12)), (forest, picks) => {
      const removal = removalOf(
        forest,
        picks.map((pick) => `i${pick}`),
      );
      const gone = new Set(picks.map((pick) => `i${pick}`));
      for (const { image: of } of forest.containers) gone.delete(of);
      const after = buildChainForest(
        forest.images.filter(({ id }) => !gone.has(id)),
        forest.containers,
      );
      assert.equal(removal.frees, ledgerOf(forest).onDisk - ledgerOf(after).onDisk);
    }),
  );
});

test("a chain of thousands of layers is drawn", () => {
  const { height } = icicleOf(
    buildChainForest(
      [
        image(
          "deep",
          Array.from({ length: 20_000 }, () => 1),
        ),
      ],
      [],
    ),
  );
  assert.equal(height, 200_000);
});
