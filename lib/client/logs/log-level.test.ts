import assert from "node:assert/strict";
import { test } from "node:test";

import { levelOf } from "./log-level.ts";

test("the ways in which logs give their level", () => {
  const cases: [string, ReturnType<typeof levelOf>][] = [
    ["E1124 03:50:15.123456       1 reflector.go:147] failed to list", "error"],
    ["I1124 03:50:15.123456       1 main.go:1] ready", "info"],
    ['{"level":"error","msg":"no"}', "error"],
    ['{"time":1,"level":40,"msg":"pino"}', "warning"],
    ['{"severity": "WARNING", "message": "cloud"}', "warning"],
    ['time="2026-11-24" level=warning msg="x"', "warning"],
    ["ts=2026-11-24T00:00:00Z caller=main.go level=debug msg=x", "debug"],
    ["2026-11-24 03:50:15,123 ERROR [main] com.example.Foo - no", "error"],
    ["2026-11-24 03:50:15.1 UTC [42] LOG:  checkpoint", null],
    ["[warn] something", "warning"],
    ["warning: deprecated", "warning"],
    ["panic: runtime error: index out of range", "error"],
    ['10.0.0.1 - - "GET /error HTTP/1.1" 200', null],
    ["there was no error", null],
    ["ERRORS=0", null],
    ["", null],
  ];
  for (const [text, level] of cases) assert.equal(levelOf(text), level, text);
});

test("long hostile lines are looked at for a moment only", () => {
  const began = performance.now();
  for (const piece of ["level", " ", "[", "level=", '"level"', "E1124 "]) levelOf(piece.repeat(1_000_000));
  assert.ok(performance.now() - began < 5_000);
});
