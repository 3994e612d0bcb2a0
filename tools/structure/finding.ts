/** One violation. `rule` is its name in tests and in CONTRIBUTING.md; `message` says what to do instead. */
export type Finding = { path: string; line: number; rule: Rule; message: string };

export type Rule =
  | "direction" // the layers of the app, from app to shared
  | "types-only" // allowed as `import type`, not as a value
  | "server-door" // lib/server/next.ts is the only way in
  | "server-order" // stream → live → cache → watch → sources
  | "demo-door" // only runtime.ts and open-sources.ts know demo/
  | "server-package" // Node's modules and server packages stay out of the browser's code
  | "pure" // kinds, query, i18n and shared run without packages
  | "room" // a folder that the table of rooms does not know
  | "import-style" // `.ts` extensions and where `@/` is used
  | "unresolved-import"
  | "computed-import"
  | "test-imported"
  | "barrel"
  | "file-name"
  | "vague-name"
  | "test-only"
  | "test-skip";
