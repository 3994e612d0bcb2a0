import assert from "node:assert/strict";
import { test } from "node:test";

import { PullProgress } from "./pull-progress.ts";
import { pullReasonOf } from "./pull-reason.ts";

const line = (value: object) => `${JSON.stringify(value)}\r\n`;
const layer = (id: string, status: string, current?: number, total?: number) =>
  line({ status, id, progressDetail: current === undefined ? {} : { current, total } });

/** What is told after some text, which comes in pieces of some length. */
function after(text: string, piece = text.length): PullProgress {
  const progress = new PullProgress();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) progress.push(bytes.subarray(at, at + piece));
  progress.end();
  return progress;
}

const whole = [
  line({ status: "Pulling from library/nginx", id: "1.27" }),
  layer("aaa", "Already exists"),
  layer("bbb", "Pulling fs layer"),
  layer("ccc", "Pulling fs layer"),
  layer("ccc", "Waiting"),
  layer("bbb", "Downloading", 10, 100),
  layer("bbb", "Downloading", 70, 100),
  layer("bbb", "Verifying Checksum"),
  layer("bbb", "Download complete"),
  layer("bbb", "Extracting", 3, 400),
];

test("layers are as the engine last told them, wherever its lines are cut", () => {
  const text = [...whole, line({ status: `Digest: sha256:${"é".repeat(3)}` })].join("");
  for (const piece of [1, 2, 7, 64, text.length * 2]) {
    const { layers, digest, error } = after(text, piece);
    assert.deepEqual(
      [...layers.values()],
      [
        { id: "aaa", phase: "exists", downloaded: 0, total: null },
        { id: "bbb", phase: "extracting", downloaded: 100, total: 100 },
        { id: "ccc", phase: "waiting", downloaded: 0, total: null },
      ],
    );
    assert.deepEqual([digest, error], [`sha256:${"é".repeat(3)}`, null]);
  }
});

test("while a layer is unpacked its numbers are not taken for downloaded bytes", () => {
  const { layers } = after([...whole.slice(0, -1), layer("bbb", "Extracting", 5, 9)].join(""));
  assert.deepEqual(layers.get("bbb"), { id: "bbb", phase: "extracting", downloaded: 100, total: 100 });
});

test("of Podman, which says little, the layers are told and its config is not", () => {
  const podman = ["aaa", "bbb", "config"].map((id) => layer(id, "Pulling fs layer") + layer(id, "Download complete"));
  const { layers } = after([...podman, layer("config", "Download complete")].join(""));
  assert.deepEqual(
    [...layers.values()].map(({ id, phase, total }) => [id, phase, total]),
    [
      ["aaa", "done", null],
      ["bbb", "done", null],
    ],
  );
  const failed = after(podman.join("") + line({ error: "no space left on device" }));
  assert.deepEqual(failed.layers.get("aaa")?.phase, "downloaded");
});

test("a download never has more bytes than there are, and one that broke off begins anew", () => {
  assert.equal(after(layer("a", "Downloading", 500, 100)).layers.get("a")?.downloaded, 100);
  assert.equal(after(layer("a", "Downloading", -1, 100)).layers.get("a")?.downloaded, 0);
  const again = after(layer("a", "Downloading", 50, 100) + layer("a", "Retrying in 3 seconds"));
  assert.equal(again.layers.get("a")?.phase, "waiting");
});

test("an error is what the engine says of it, and the last line may have no end", () => {
  const said = JSON.stringify({ errorDetail: { message: "no space left on device" }, error: "other" });
  assert.equal(after(said).error, "no space left on device");
});

test("a line without an end is refused before it is kept", () => {
  const progress = new PullProgress();
  const piece = Buffer.alloc(64 * 1024, 0x61);
  assert.throws(
    () => {
      for (let count = 0; count < 100; count += 1) progress.push(piece);
    },
    { code: "too-large" },
  );
  assert.throws(() => after(`{"status":"${"a".repeat(300_000)}"}\n`), { code: "too-large" });
});

test("layers without end and lines that are none are refused", () => {
  const many = Array.from({ length: 600 }, (_, index) => layer(`layer-${index}`, "Waiting")).join("");
  assert.throws(() => after(many), { code: "too-large" });
  for (const text of ["<html>\n", "[1]\n", '{"id":7}\n', "{\n"])
    assert.throws(() => after(text), { code: "source-refused" });
});

test("why a pull failed is read from the words of engines and registries", () => {
  const words: [string, string][] = [
    ["pull access denied for x, repository does not exist or may require 'docker login'", "login"],
    ["Head https://r/v2/x/manifests/1: unauthorized: authentication required", "login"],
    ['Head "http://127.0.0.1:1/v2/x/manifests/1": no basic [token] credentials', "login"],
    ["manifest for nginx:none not found: manifest unknown: manifest unknown", "unknown-image"],
    ["no matching manifest for linux/arm64/v8 in the manifest list entries", "platform"],
    ["toomanyrequests: You have reached your pull rate limit", "rate-limited"],
    ["write /var/lib/docker/tmp/GetImageBlob1: no space left on device", "disk-full"],
    ['Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused', "registry-unreachable"],
    ["something else", "other"],
  ];
  for (const [text, reason] of words) assert.equal(pullReasonOf(text), reason, text);
});
