import assert from "node:assert/strict";
import { test } from "node:test";

import { dockerRun } from "../../shared/docker-run.ts";
import { emptyRunForm, runSpecOf } from "./run-form.ts";

test("an empty form asks for nothing but the image", () => {
  const { spec } = runSpecOf(emptyRunForm);
  assert.ok(spec);
  assert.deepEqual(dockerRun("web", spec), ["run", "--detach", "web"]);
});

test("what a person wrote becomes what is asked for", () => {
  const { spec } = runSpecOf({
    ...emptyRunForm,
    name: " till ",
    command: "sh -c 'sleep 1'",
    env: "A=1\n\nB=x=y z\n",
    ports: [{ id: 1, address: "127.0.0.1", host: "", container: "80", protocol: "tcp" }],
    volumes: [{ id: 1, name: "data", path: "/data", readOnly: true }],
    memory: "64",
    cpus: "0.5",
  });
  assert.ok(spec);
  assert.deepEqual(dockerRun("web", spec), [
    "run",
    "--detach",
    "--name=till",
    "--env=A=1",
    "--env=B=x=y z",
    "--publish=127.0.0.1::80/tcp",
    "--volume=data:/data:ro",
    "--memory=64m",
    "--cpus=0.5",
    "web",
    "sh",
    "-c",
    "sleep 1",
  ]);
});

test("what is no word of its part is told, and nothing is asked for", () => {
  const port = { id: 1, address: "", host: "", container: "", protocol: "tcp" as const };
  const wrong = (form: Partial<typeof emptyRunForm>) => runSpecOf({ ...emptyRunForm, ...form }).wrong?.part;
  assert.equal(wrong({ command: "echo 'a" }), "command");
  assert.equal(wrong({ env: "A B=1" }), "env");
  assert.equal(wrong({ env: "=1" }), "env");
  assert.equal(wrong({ ports: [port] }), "ports");
  assert.equal(wrong({ ports: [{ ...port, container: "80", host: "70000" }] }), "ports");
  assert.equal(wrong({ volumes: [{ id: 1, name: "data", path: "data", readOnly: false }] }), "volumes");
});
