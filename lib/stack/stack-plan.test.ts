import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { ledgerOf } from "./ledger.ts";
import { sampleStack } from "./sample-stack.ts";
import { findChain, planStack, shortChain, spanOf } from "./stack-plan.ts";

const folds = ["none", "equal", "image", "auto"] as const;

suite("the plan of a machine", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const stack = sampleStack(seed, { images: 1 + (seed % 12), containers: (seed * 7) % 90 });

    test(`folded or not, heights are the bytes on the disk and areas the bytes apart (${seed})`, () => {
      for (const fold of folds) {
        const plan = planStack(stack, { fold, scale: "linear" });
        const ledger = ledgerOf(plan.forest);
        const bytes = new Map(ledger.images.map((cost) => [cost.image.id, cost]));
        const apart = [...bytes.values()].reduce((sum, cost) => sum + cost.bytes * Math.max(1, cost.containers), 0);
        assert.equal(
          plan.blocks.reduce((sum, { height }) => sum + height, 0),
          ledger.onDisk,
        );
        assert.equal(plan.onDisk, ledger.onDisk);
        assert.equal(plan.apart, apart);
        assert.equal(
          plan.columns.reduce((sum, { containers }) => sum + containers.length, 0),
          stack.containers.length,
        );
      }
    });

    test(`nothing overlaps, and each container stands on its own image's topmost layer (${seed})`, () => {
      for (const scale of ["linear", "damped"] as const) {
        const plan = planStack(stack, { fold: "equal", scale });
        for (const [place, column] of plan.columns.entries()) {
          assert.equal(column.left, place);
          const under = plan.blocks
            .filter(({ left, width }) => left <= place && place < left + width)
            .toSorted((a, b) => a.bottom - b.bottom || a.height - b.height);
          let ground = 0;
          for (const block of under) {
            assert.ok(Math.abs(block.bottom - ground) < 1e-6, "a block stands on the one below it");
            ground += block.height;
          }
          assert.ok(Math.abs(ground - column.bottom) < 1e-6, "the line ends where the layers do");
          for (const { image } of column.containers) {
            const layers = stack.images.find(({ id }) => id === image)?.layers ?? [];
            assert.equal(column.chain?.layer.chain, layers.at(-1)?.chain);
            assert.equal(under.length, layers.length);
          }
        }
      }
    });
  }

  test("what folds is as few places as can be read, and folding further never makes more", () => {
    const stack = sampleStack(3, { images: 20, containers: 3_000 });
    const widths = (["none", "equal", "image"] as const).map(
      (fold) => planStack(stack, { fold, scale: "linear" }).width,
    );
    assert.equal(
      widths[0],
      3_000 + stack.images.filter(({ id }) => !stack.containers.some((c) => c.image === id)).length,
    );
    assert.deepEqual(
      widths,
      widths.toSorted((a, b) => b - a),
    );
    assert.equal(planStack(stack, { fold: "auto", scale: "linear" }).width, widths[2]);
  });

  test("a container of an image that nobody knows has a place and no layer", () => {
    const stack = sampleStack(5, { images: 2, containers: 1 });
    const [container] = stack.containers;
    assert.ok(container);
    const plan = planStack({ ...stack, containers: [{ ...container, image: "" }] }, { fold: "none", scale: "linear" });
    assert.deepEqual(
      plan.columns.filter(({ containers }) => containers.length > 0).map(({ bottom, chain }) => [bottom, chain]),
      [[0, null]],
    );
  });

  test("a layer is found again by the beginning of its chain", () => {
    const plan = planStack(sampleStack(2, { images: 6, containers: 9 }), { fold: "none", scale: "linear" });
    const block = plan.blocks[0];
    assert.ok(block);
    const id = block.chain.layer.chain;
    assert.equal(findChain(plan.forest, id.replace("sha256:", "")), block.chain);
    assert.equal(findChain(plan.forest, "ffff"), null);
    assert.equal(shortChain(`sha256:${"ab".repeat(32)}`), "ab".repeat(6));
    assert.deepEqual(spanOf(plan, id), { left: block.left, width: block.width });
    assert.equal(spanOf(plan, "gone"), null);
  });
});
