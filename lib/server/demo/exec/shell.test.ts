import assert from "node:assert/strict";
import { test } from "node:test";

import { Input } from "./input.ts";
import { LineEditor } from "./line-editor.ts";
import type { Machine } from "./machine.ts";
import { Session } from "./session.ts";
import { Shell } from "./shell.ts";

const machine: Machine = {
  hostname: "web-1",
  user: "app",
  main: "/app/web",
  env: new Map([["HOME", "/app"]]),
  files: new Map([
    ["/etc/hosts", "127.0.0.1\tlocalhost\n::1\tlocalhost\n"],
    ["/app/VERSION", "7\n"],
  ]),
  began: 0,
  now: () => Date.parse("2026-01-02T03:04:05Z"),
  kernel: "6.12",
  cores: 4,
};

async function run(script: string): Promise<{ out: string; error: string; code: number }> {
  const terminal = { tty: false, write: () => undefined, exit: () => undefined };
  const session = new Session(machine, terminal);
  session.input.end();
  let [out, error] = ["", ""];
  const shell = new Shell(session, machine.env, ["sh"]);
  const streams = {
    input: session.input,
    out: (text: string) => void (out += text),
    error: (text: string) => void (error += text),
  };
  const code = await shell.script(script, streams);
  return { out, error, code };
}

test("words, quotes, variables, lists and pipelines are those of a shell", async () => {
  for (const [script, out] of [
    ["echo a  b 'c  d' \"$HOME x\" '$HOME'", "a b c  d /app x $HOME\n"],
    ['A=1; export B=2; echo $A$B ${A}x "$NONE"end', "12 1x end\n"],
    ["false || echo no; true && echo yes", "no\nyes\n"],
    ["cat /etc/hosts | grep ::1 | wc -l", "1\n"],
    ["cd /etc && pwd && ls", "/etc\nhosts\n"],
    ["nope 2>/dev/null || echo $?", "127\n"],
    ["echo out; echo err >&2", "out\n"],
    ["sh -c 'echo $0 $1' zero one", "zero one\n"],
    ["exec echo last; echo never", "last\n"],
    ["[ -x /bin/bash ] || command -v sh # a comment", "/bin/sh\n"],
    ["date +%s", "1767323045\n"],
    ["cat VERSION; hostname; whoami; uname -r; nproc", "7\nweb-1\napp\n6.12\n4\n"],
  ] as const) {
    assert.equal((await run(script)).out, out, script);
  }
});

test("what goes wrong is said, with the code that it has in a shell", async () => {
  assert.deepEqual(await run("nope"), { out: "", error: "sh: nope: not found\n", code: 127 });
  assert.deepEqual(await run("exit 3; echo never"), { out: "", error: "", code: 3 });
  assert.equal((await run("cat /none")).error, "cat: can't open '/none': No such file or directory\n");
  assert.equal((await run("echo x > /file")).error, "sh: can't create /file: Read-only file system\n");
  for (const script of ["if true; then", "echo 'open", "| a", "a && ; b", "echo $(date)", "for x"]) {
    const { error, code } = await run(script);
    assert.match(error, /^sh: syntax error: /, script);
    assert.equal(code, 2, script);
  }
});

test("scripts within scripts end", async () => {
  let script = "echo deep";
  for (let depth = 0; depth < 6; depth += 1) script = `sh -c ${JSON.stringify(script)}`;
  assert.equal((await run(script)).code, 0);
  const { error } = await run(`export S='sh -c "$S"'; sh -c "$S"`);
  assert.match(error, /can't fork/);
});

test("a terminal's line can be corrected, and its keys mean what they do", () => {
  const lines: string[] = [];
  let [shown, interrupts, ends] = ["", 0, 0];
  const editor = new LineEditor({
    echo: (text) => (shown += text),
    line: (text) => lines.push(text),
    interrupt: () => (interrupts += 1),
    endOfInput: () => (ends += 1),
  });
  editor.type("lz\u007fs\r");
  assert.equal(shown, "lz\b \bs\n");
  editor.type("\u007f\u007fone two\u0017three\r");
  editor.type("gone\u0003\u0004\u001b[A\u001b[A\r\u001b[3~x\u0015y\r");
  assert.deepEqual(lines, ["ls\n", "one three\n", "ls\n", "y\n"]);
  assert.deepEqual([interrupts, ends], [1, 1]);
});

test("Ctrl-D ends what reads now, and nothing else; Ctrl-C calls it off", async () => {
  const input = new Input();
  const stop = new AbortController();
  input.push("a\n\u0004b\n");
  assert.equal(await input.line(stop.signal), "a");
  assert.equal(await input.line(stop.signal), null);
  assert.equal(await input.line(stop.signal), "b");
  const waiting = input.line(stop.signal);
  stop.abort();
  assert.equal(await waiting, null);
});
