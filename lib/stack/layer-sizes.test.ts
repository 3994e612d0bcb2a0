import assert from "node:assert/strict";
import { test } from "node:test";

import { layerSizesOf } from "./layer-sizes.ts";

const empty = "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
const step = (createdBy: string, bytes = 0) => ({ createdBy, bytes });

test("steps that only write down something are no layers", () => {
  const history = [
    step("/bin/sh -c #(nop) ADD file:1 in / ", 100),
    step('/bin/sh -c #(nop)  CMD ["sh"]'),
    step("ENV A=b"),
    step("RUN /bin/sh -c apt-get update # buildkit", 20),
    step('ENTRYPOINT ["/app"]'),
  ];
  assert.deepEqual(layerSizesOf(["a", "b"], history), { bytes: [100, 20], steps: [0, 3], exact: true });
});

test("a layer without bytes is found among the steps that could have made it", () => {
  const history = [step("ADD x", 100), step("WORKDIR /app"), step("USER app"), step("COPY . .", 5)];
  assert.deepEqual(layerSizesOf(["a", "w", "c"], history), { bytes: [100, 0, 5], steps: [0, 1, 3], exact: true });
});

test("where the history leaves it open the known empty layer decides, and it is no longer exact", () => {
  const history = [step("RUN true"), step("ADD x", 100), step("RUN mkdir /x"), step("COPY . .", 5)];
  assert.deepEqual(layerSizesOf(["a", empty, "c"], history), { bytes: [100, 0, 5], steps: [1, 2, 3], exact: false });
});

test("a history that knows fewer steps than there are layers says nothing", () => {
  assert.equal(layerSizesOf(["a", "b"], []), null);
  assert.equal(layerSizesOf(["a"], [step("x", 1), step("y", 2)]), null);
  assert.deepEqual(layerSizesOf([], []), { bytes: [], steps: [], exact: true });
});
