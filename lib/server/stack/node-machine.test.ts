import assert from "node:assert/strict";
import { suite, test } from "node:test";

import type { NodeLayers, RegistryLayers } from "./node-layers.ts";
import type { NodeView } from "./node-machine.ts";
import { readNodeMachine } from "./node-machine.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const web = `registry.test/shop/web@${digest("a")}`;

const node = {
  metadata: { name: "n1", labels: { "node.kubernetes.io/instance-type": "m7i.large" } },
  spec: { providerID: "aws:///eu/i-1" },
  status: {
    capacity: { cpu: "4", memory: "8Gi" },
    images: [{ names: [web, "registry.test/shop/web:1"], sizeBytes: 1_000 }],
    nodeInfo: { architecture: "amd64", containerRuntimeVersion: "containerd://2.1.4", kubeletVersion: "v1.37.2" },
  },
};

function row(name: string, image: string, imageId: string) {
  const place = { namespace: "shop", pod: "web-1", workload: "Deployment/web", type: "container" };
  return { ...place, name, image, imageId, state: "Running", health: "ok", cpu: 250, memory: null };
}

function view(change: Partial<NodeView>): NodeView {
  const rows = [
    row("main", "registry.test/shop/web:1", web),
    row("side", "registry.test/mesh/envoy:1", `registry.test/mesh/envoy@${digest("e")}`),
    row("waiting", "registry.test/shop/none:1", ""),
  ];
  return {
    source: "prod",
    sourceTitle: "prod",
    node: "n1",
    object: async () => node,
    containers: async () => ({ rows, sources: [{ scope: 2 }] }),
    disk: async () => null,
    layers: async () => null,
    ...change,
  };
}

suite("a node as a machine", () => {
  test("without anybody who knows layers an image is one estimated block, or unknown, and never zero", async () => {
    const stack = await readNodeMachine(view({}));
    assert.deepEqual(
      stack.images.map(({ known, compressed, layers }) => [known, compressed, layers.map(({ mark }) => mark)]),
      [
        ["size", 1_000, ["estimated"]],
        ["nothing", null, []],
      ],
    );
    const [main, side, waiting] = stack.containers;
    assert.deepEqual([main?.image, side?.image, waiting?.image], [digest("a"), digest("e"), ""]);
    assert.equal(main?.writable, null);
    assert.deepEqual(stack.hardware, {
      cpu: 4_000,
      cpuRequested: 750,
      memory: 8 * 1024 ** 3,
      memoryRequested: null,
      disk: null,
    });
    assert.deepEqual(
      [stack.vm.isVirtual, stack.vm.knownBy, stack.allImages, stack.allContainers],
      [true, "provider", false, false],
    );
  });

  test("a registry tells layers, whose unpacked sizes are estimates", async () => {
    const told: RegistryLayers = {
      id: digest("c"),
      layers: [
        { diff: digest("1"), compressed: 400, createdBy: "ADD root /" },
        { diff: digest("2"), compressed: 600, createdBy: null },
      ],
    };
    const asked: (string | null)[] = [];
    const stack = await readNodeMachine(
      view({
        layers: async (name, architecture) => {
          asked.push(name, architecture);
          if (name !== web) throw new Error("no such registry");
          return told;
        },
      }),
    );
    assert.deepEqual(asked.slice(0, 2), [web, "amd64"]);
    const image = stack.images.find(({ id }) => id === digest("c"));
    assert.equal(image?.known, "registry");
    assert.deepEqual(
      image.layers.map(({ bytes, compressed, mark, createdBy }) => [bytes, compressed, mark, createdBy]),
      [
        [1_000, 400, "estimated", "ADD root /"],
        [1_500, 600, "estimated", null],
      ],
    );
    assert.notEqual(image.layers[1]?.chain, image.layers[1]?.diff, "the second stands on the first");
    assert.equal(stack.containers[0]?.image, digest("c"));
  });

  test("a reader on the node measures layers and writable layers, and names no container that the person may not see", async () => {
    const standing = { id: "x", image: digest("c"), running: true, writable: 77, uid: "u" };
    const disk: NodeLayers = {
      images: [
        {
          id: digest("c"),
          names: ["registry.test/shop/web:1", web],
          platform: "linux/amd64",
          unpacked: true,
          compressed: 400,
          layers: [{ chain: digest("1"), diff: digest("1"), bytes: 999, compressed: 400, createdBy: "ADD root /" }],
        },
      ],
      containers: [
        { ...standing, namespace: "shop", pod: "web-1", name: "main" },
        { ...standing, namespace: "secret", pod: "p", name: "hidden" },
      ],
    };
    const stack = await readNodeMachine(view({ disk: async () => disk }));
    assert.deepEqual(
      stack.images.flatMap(({ layers }) => layers.map(({ bytes, mark }) => [bytes, mark])),
      [[999, "measured"]],
    );
    assert.deepEqual([stack.containers[0]?.writable, stack.containers[0]?.image], [77, digest("c")]);
    assert.equal(stack.allImages, true);
    assert.ok(!JSON.stringify(stack).includes("hidden"));
  });

  test("a node that may not be read is an error, whoever else tells", async () => {
    await assert.rejects(
      readNodeMachine(
        view({
          object: async () => {
            throw new Error("forbidden");
          },
        }),
      ),
      /forbidden/,
    );
  });
});
