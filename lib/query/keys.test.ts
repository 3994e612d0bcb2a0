import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { kindList } from "../kinds/index.ts";
import { defineKind } from "../kinds/kind.ts";
import { columnOf, filterColumns, nearest } from "./keys.ts";

const kindOf = (id: string, columns: readonly string[]) =>
  defineKind({
    id,
    columns: Object.fromEntries(columns.map((column) => [column, { type: "text", show: "standard" }])),
    sections: [],
  });
const meant = (key: string, id: string, ...columns: string[]) => columnOf(kindOf(id, columns), key)?.id ?? null;

describe("columnOf", () => {
  test("an id goes before a folded id, and that before an alias", () => {
    assert.equal(meant("age", "x", "age", "created"), "age");
    assert.equal(meant("AGE", "x", "age", "created"), "age");
    assert.equal(meant("age", "x", "created"), "created");
    assert.equal(meant("age", "x", "name", "started"), "started");
    assert.equal(meant("upToDate", "x", "uptodate", "upToDate"), "upToDate");
    assert.equal(meant("UP-TO-DATE", "x", "upToDate", "uptodate"), "uptodate");
    assert.equal(meant("image", "x", "images"), "images");
    assert.equal(meant("images", "x", "image"), "image");
    assert.equal(meant("state", "x", "status"), "status");
  });

  test("a kind's own word means the name on its page only", () => {
    assert.equal(meant("pod", "pods", "name"), "name");
    assert.equal(meant("pod", "containers", "name", "pod"), "pod");
    assert.equal(meant("pod", "nodes", "name"), null);
    assert.equal(meant("no", "pods", "name", "node"), "node");
    assert.equal(meant("no", "nodes", "name"), "name");
  });

  test("nothing that is on every object of JavaScript is a key", () => {
    for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty", ""])
      assert.equal(meant(key, "x", "name"), null);
  });

  test("every column of every kind is found by its id", () => {
    for (const kind of kindList) {
      for (const column of filterColumns(kind))
        assert.equal(columnOf(kind, column.id), column, `${kind.id} ${column.id}`);
      for (const { id, show } of kind.columns)
        if (show === "internal") assert.equal(columnOf(kind, id)?.show === "internal", false);
    }
  });
});

test("nearest is near or nothing", () => {
  const words = ["status", "ns", "restarts"];
  const cases: [string, string | null][] = [
    ["stauts", "status"],
    ["statsu", "status"],
    ["restart", "restarts"],
    ["n", "ns"],
    ["xx", null],
    ["something", null],
    ["", null],
  ];
  for (const [text, found] of cases) assert.equal(nearest(text, words), found, text);
});
