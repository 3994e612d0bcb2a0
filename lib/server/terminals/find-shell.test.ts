import assert from "node:assert/strict";
import { test } from "node:test";

import { StowageError } from "../error.ts";
import type { ExecEnd } from "../sources/kubernetes/exec-status.ts";
import { findShell, processIdIn } from "./find-shell.ts";

const failed = (detail: string): ExecEnd => ({ type: "failed", error: new StowageError("source-refused", detail) });
const missing = failed('OCI runtime exec failed: exec: "sh": executable file not found in $PATH: unknown');

/** A container in which only this program answers, in this way. */
function container(program: string, end: ExecEnd, output = "") {
  const asked: string[] = [];
  const run = async (command: readonly string[]) => {
    asked.push(command[0] ?? "");
    return command[0] === program ? { end, output } : { end: missing, output: "" };
  };
  return { run, asked };
}

test("the best shell that a shell knows of is opened through it", async () => {
  const { run, asked } = container("sh", { type: "exit", code: 0 }, "/usr/bin/bash\n");
  const { name, command, way } = await findShell(run);
  assert.equal(name, "bash");
  assert.deepEqual([command.slice(0, 2), command.at(-1), way, asked], [["sh", "-c"], "/usr/bin/bash", ["sh"], ["sh"]]);
});

test("what start-up files print is no shell, and one that says nothing is a shell itself", async () => {
  const chatty = container("sh", { type: "exit", code: 0 }, "welcome\nash\n");
  assert.equal((await findShell(chatty.run)).name, "ash");
  const silent = container("sh", { type: "exit", code: 0 }, "rm -rf /\n");
  assert.deepEqual((await findShell(silent.run)).command.at(-1), "sh");
});

test("shells are looked for where images without links have them", async () => {
  const { run, asked } = container("/busybox/sh", { type: "exit", code: 0 }, "/busybox/sh\n");
  assert.equal((await findShell(run)).name, "sh");
  assert.deepEqual(asked, ["sh", "bash", "/busybox/sh"]);
});

test("where none is it says so, by words or by exit codes; another error is told as it is", async () => {
  await assert.rejects(findShell(container("", missing).run), { code: "no-shell" });
  const byCode = async () => ({ end: { type: "exit", code: 127 } as const, output: "exec failed: not found\r\n" });
  await assert.rejects(findShell(byCode), { code: "no-shell" });
  await assert.rejects(findShell(container("sh", failed("container is not running")).run), {
    code: "source-refused",
    detail: "container is not running",
  });
});

test("a shell's process id is read where it says it, and not invented", () => {
  assert.equal(processIdIn(Buffer.from("\u001b]7117;42\u0007/ # ")), "42");
  assert.equal(processIdIn(Buffer.from("\u001b]7117;4; reboot\u0007/ # ")), null);
  assert.equal(processIdIn(Buffer.from("/ # ")), null);
});
