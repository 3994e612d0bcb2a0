import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, describe, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { packageScripts } from "../../tools/package-scripts.ts";
import { cleanTree } from "./clean-tree.ts";
import { lintViolations } from "./lint-violations.ts";
import { formatViolations, typeViolations, unusedViolations } from "./other-violations.ts";
import { structureViolations } from "./structure-violations.ts";
import type { Violation } from "./violation.ts";

const repository = resolve(import.meta.dirname, "../..");
const configs = [".oxlintrc.json", ".oxfmtrc.json", "knip.jsonc", "tsconfig.json"];
const script = packageScripts();
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with the real configs, the clean tree and what is planted in it. */
function plant(violations: Violation[]): string {
  const root = mkdtempSync(join(tmpdir(), "stowage-rules-"));
  folders.push(root);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text.endsWith("\n") ? text : `${text}\n`);
  };
  for (const config of configs) cpSync(join(repository, config), join(root, config));
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  // Only what the clean tree uses, so that knip finds nothing to say about the list itself.
  const dependencies = { react: "*", next: "*", zod: "*" };
  const scripts = { start: "node lib/server/start.ts" };
  write("package.json", JSON.stringify({ name: "planted", type: "module", scripts, dependencies }, null, 2));
  for (const [path, text] of Object.entries(cleanTree)) write(path, text);
  for (const { path, text, beside } of violations) {
    for (const [other, content] of Object.entries({ ...beside, [path]: text })) write(other, content);
  }
  return root;
}

/** Runs an npm script of this repository in another folder. */
function run(name: string, root: string, more = ""): { code: number | null; output: string } {
  const line = `${script(name).replace("tools/", `${repository}/tools/`)} ${more}`;
  const { status, stdout, stderr } = spawnSync(line, { cwd: root, shell: true, encoding: "utf8", timeout: 120_000 });
  // With CI set some tools colour what they say, terminal or not.
  return { code: status, output: stripVTControlCharacters(`${stdout}${stderr}`) };
}

/** `rule` by path, as the checker names it. */
type Findings = Map<string, Set<string>>;

function collect(pairs: Iterable<[string, string]>): Findings {
  const findings: Findings = new Map();
  for (const [path, rule] of pairs) findings.set(path, (findings.get(path) ?? new Set()).add(rule));
  return findings;
}

function matches(output: string, pattern: RegExp): Findings {
  return collect(
    [...output.matchAll(pattern)].map((match): [string, string] => [match[1] ?? "", match[2] ?? "format"]),
  );
}

type LintReport = { diagnostics: { code: string; filename: string }[] };
type KnipReport = { issues: Record<string, unknown>[] };

const checkers: {
  script: string;
  flags?: string;
  violations: Violation[];
  exact?: boolean;
  read: (output: string) => Findings;
}[] = [
  {
    script: "structure",
    violations: structureViolations,
    exact: true,
    read: (output) => matches(output, /^(\S+):\d+ {2}(\S+) {2}/gm),
  },
  {
    script: "lint",
    flags: "-f json",
    violations: lintViolations,
    read: (output) =>
      collect(
        (JSON.parse(output) as LintReport).diagnostics.map((found): [string, string] => [found.filename, found.code]),
      ),
  },
  {
    script: "types",
    violations: typeViolations,
    read: (output) => matches(output, /^([^\s(]+)\(\d+,\d+\): error (TS\d+)/gm),
  },
  {
    script: "unused",
    flags: "--reporter json",
    violations: unusedViolations,
    read: (output) =>
      collect(
        (JSON.parse(output) as KnipReport).issues.flatMap((issue) =>
          Object.entries(issue)
            .filter(([, found]) => Array.isArray(found) && found.length > 0)
            .map(([kind]): [string, string] => [String(issue["file"]), kind]),
        ),
      ),
  },
  { script: "format:check", violations: formatViolations, read: (output) => matches(output, /^(\S+) \(\d+ms\)/gm) },
];

const clean = plant([]);

for (const { script: name, flags, violations, exact, read } of checkers) {
  describe(name, () => {
    test("passes the tree that keeps the rules", () => {
      const { code, output } = run(name, clean);
      assert.equal(code, 0, output);
    });

    const planted = plant(violations);
    const { code, output } = run(name, planted, flags);
    const findings = read(output);

    test("fails the tree with the violations", () => {
      assert.notEqual(code, 0, output);
    });

    for (const { path, rule } of violations) {
      test(`${rule}: ${path}`, () => {
        const found = [...(findings.get(path) ?? [])];
        if (exact) assert.deepEqual(found, [rule]);
        else assert.ok(found.includes(rule), `found ${found.join(", ") || "nothing"}`);
      });
    }

    if (exact) {
      test("complains about nothing else", () => {
        const paths = new Set(violations.map(({ path }) => path));
        assert.deepEqual(
          [...findings.keys()].filter((path) => !paths.has(path)),
          [],
        );
      });
    }
  });
}

test("the structure check fails when there is nothing to check", () => {
  const empty = mkdtempSync(join(tmpdir(), "stowage-rules-"));
  folders.push(empty);
  const { code, output } = run("structure", empty);
  assert.equal(code, 1);
  assert.match(output, /nothing was checked/);
});
