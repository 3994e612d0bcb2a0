import { z } from "zod";

import { runFields } from "./run-fields.ts";

/** The most objects of one request, and the most documents of one text. */
export const maxObjects = 100;
/** The longest YAML, in bytes. An object of etcd has 1.5 MiB, and one text may hold several. */
const maxYaml = 3 * 1024 * 1024;

/** Names one object. With `uid` it is that very object or none: one that took its name meanwhile is let be. */
const targetSchema = z.strictObject({
  kind: z.string().min(1).max(320),
  source: z.string().min(1).max(253),
  path: z.string().min(1).max(600),
  uid: z.string().min(1).max(400).optional(),
});

const objects = z
  .array(targetSchema)
  .min(1)
  .max(maxObjects)
  .refine((list) => new Set(list.map(({ kind, source, path }) => `${kind} ${source}/${path}`)).size === list.length, {
    error: "an object is named twice",
  });
const one = z.array(targetSchema).length(1);
const yaml = z
  .string()
  .min(1)
  .refine((text) => Buffer.byteLength(text) <= maxYaml, { error: "the YAML is longer than 3 MiB" });

/** What an engine can be rid of. */
export const pruneKinds = ["containers", "images", "volumes", "networks"] as const;
export type PruneKind = (typeof pruneKinds)[number];

const timeout = z.int().min(0).max(3_600).optional();
/** `SIGHUP`, `HUP`, `1`: what an engine takes. */
const signal = z.string().regex(/^(?:(?:SIG)?[A-Z][A-Z0-9]{1,10}(?:[+-]\d{1,2})?|\d{1,2})$/);

/** What each verb is given. Nothing is guessed: a field that is not known is an error. */
export const actionSchemas = {
  scale: z.strictObject({ objects, replicas: z.int().min(0).max(100_000) }),
  /** `timeout` is of containers of engines: seconds until what does not end is killed; the container's own where there are none. */
  restart: z.strictObject({ objects, timeout }),
  start: z.strictObject({ objects }),
  stop: z.strictObject({ objects, timeout }),
  pause: z.strictObject({ objects }),
  unpause: z.strictObject({ objects }),
  kill: z.strictObject({ objects, signal: signal.default("SIGKILL") }),
  /** Without `revision` it is the one before. */
  rollback: z.strictObject({ objects: one, revision: z.int().min(1).optional() }),
  trigger: z.strictObject({ objects }),
  suspend: z.strictObject({ objects }),
  resume: z.strictObject({ objects }),
  cordon: z.strictObject({ objects }),
  uncordon: z.strictObject({ objects }),
  delete: z.strictObject({
    objects,
    /** Of objects of a cluster; `background` where it is missing. */
    propagation: z.enum(["background", "foreground", "orphan"]).optional(),
    /** Of a cluster: seconds that it has to end; the object's own where there are none. 0 does not wait for an end. */
    grace: z.int().min(0).max(86_400).optional(),
    /** Of containers of an engine: also one that runs. */
    force: z.boolean().optional(),
    /** Of containers of an engine: its volumes without a name go along. */
    volumes: z.boolean().optional(),
  }),
  /** Without `wait` the answer comes when it has begun: how it goes is at `/api/engines/{engine}/pulls`. */
  pull: z.strictObject({ objects: one, image: z.string().min(1).max(600), wait: z.boolean().default(true) }),
  /** A container from an image, and started; where that fails it is removed again unless it is to be kept. */
  run: z.strictObject({ objects: one, ...runFields, keep: z.boolean().default(false) }),
  /**
   * Removes what nothing uses. `all`: images that have a name too, volumes that somebody named too. With `expected`, the ids that a
   * preview told, nothing else is removed.
   */
  prune: z.strictObject({
    objects: one,
    what: z.enum(pruneKinds),
    all: z.boolean().default(false),
    expected: z.array(z.string().min(1).max(400)).max(10_000).optional(),
  }),
  /** `base` is the text that was edited: on a conflict it tells what somebody else changed. */
  edit: z.strictObject({ objects: one, yaml, base: yaml.optional() }),
  apply: z.strictObject({
    source: z.string().min(1).max(253),
    yaml,
    /** For documents that name none; the source's own where this is missing. */
    namespace: z.string().min(1).max(63).optional(),
    /** Takes fields over from other managers. */
    force: z.boolean().default(false),
  }),
} as const;

/** Which pull is to end. */
export const stopPullSchema = z.strictObject({ stop: z.string().min(1).max(64) });

export type ActionInput<V extends keyof typeof actionSchemas> = z.infer<(typeof actionSchemas)[V]>;
export type ActionTarget = z.infer<typeof targetSchema>;
