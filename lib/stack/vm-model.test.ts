import assert from "node:assert/strict";
import { suite, test } from "node:test";

import { ledgerOf } from "./ledger.ts";
import { sampleStack } from "./sample-stack.ts";
import { planStack } from "./stack-plan.ts";
import { readStackView, printStackView } from "./stack-view.ts";
import { modelVms, sharedMemory, usualAssumptions } from "./vm-model.ts";

suite("the same workload as virtual machines", () => {
  test("each running container is in one machine, pods stay whole, and nothing needs less than now", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const stack = sampleStack(seed, { images: 1 + (seed % 9), containers: seed * 3 });
      const { forest } = planStack(stack, { fold: "none", scale: "linear" });
      for (const perVm of [1, 3, 10, 1_000]) {
        const model = modelVms(stack, forest, { ...usualAssumptions, guestDisk: 0, perVm });
        const placed = model.vms.flatMap(({ containers }) => containers.map(({ id }) => id));
        assert.deepEqual(
          placed.toSorted(),
          stack.containers.flatMap(({ id, running }) => (running ? [id] : [])).toSorted(),
        );
        const podOf = new Map<string, number>();
        for (const [index, vm] of model.vms.entries()) {
          for (const { pod } of vm.containers) {
            assert.equal(podOf.get(pod?.name ?? "") ?? index, index, "a pod is in one machine");
            podOf.set(pod?.name ?? "", index);
          }
        }
        assert.ok(model.disk >= model.diskNow);
        assert.ok(model.diskNow <= ledgerOf(forest).onDisk + stack.containers.length * 1_000);
      }
      const one = modelVms(stack, forest, { ...usualAssumptions, guestDisk: 0, perVm: 100_000 });
      assert.equal(one.disk, one.diskNow, "one machine for all shares as before");
    }
  });

  test("a guest costs its disk and its memory once a machine", () => {
    const stack = sampleStack(4, { images: 3, containers: 12 });
    const { forest } = planStack(stack, { fold: "none", scale: "linear" });
    const bare = modelVms(stack, forest, { ...usualAssumptions, guestDisk: 0 });
    const full = modelVms(stack, forest, { ...usualAssumptions, guestDisk: 7, guestMemory: 11 });
    assert.equal(full.disk - bare.disk, 7 * full.vms.length);
    assert.equal(full.guestMemory, 11 * full.vms.length);
    assert.equal(full.startMs, null, "where no start was measured none is told");
  });

  test("memory is shared from the second running container on", () => {
    const stack = sampleStack(8, { images: 1, containers: 3 });
    const containers = stack.containers.map((container) => ({ ...container, running: true }));
    const forestOf = (count: number) =>
      planStack({ ...stack, containers: containers.slice(0, count) }, { fold: "none", scale: "linear" }).forest;
    const bytes = ledgerOf(forestOf(1)).onDisk;
    assert.deepEqual(
      [1, 2, 3].map((count) => sharedMemory(forestOf(count), 0.5)),
      [0, Math.round(bytes * 0.5), Math.round(bytes)],
    );
  });
});

suite("a view in an address", () => {
  test("what is printed is read again, and what is usual is not printed", () => {
    const usual = readStackView(new URLSearchParams());
    assert.equal(String(printStackView(usual)), "");
    const text =
      "on=prod%2Fworker-3&as=both&scale=damped&fold=none&zoom=0a1b2c3d4e5f&layer=00ff00ff&guest-disk=512&boot=7&per-vm=4";
    assert.equal(String(printStackView(readStackView(new URLSearchParams(text)))), text);
  });

  test("nonsense is the usual, and numbers keep to their bounds", () => {
    const view = readStackView(new URLSearchParams("as=x&scale=&fold=all&zoom=../&boot=soon&per-vm=0&resident=900"));
    assert.deepEqual(view, {
      ...readStackView(new URLSearchParams()),
      assumed: { ...usualAssumptions, perVm: 1, resident: 1 },
    });
  });
});
