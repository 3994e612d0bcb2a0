import { z } from "zod";

/** The most objects of one request, and the most documents of one text. */
export const maxObjects = 100;
/** The longest YAML, in bytes. An object of etcd has 1.5 MiB, and one text may hold several. */
const maxYaml = 3 * 1024 * 1024;

/** Names one object. With `uid` it is that very object or none: one that took its name meanwhile is let be. */
const targetSchema = z.strictObject({
  kind: z.string().min(1).max(320),
  source: z.string().min(1).max(253),
  path: z.string().min(1).max(600),
  uid: z.string().min(1).max(64).optional(),
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

/** What each verb is given. Nothing is guessed: a field that is not known is an error. */
export const actionSchemas = {
  scale: z.strictObject({ objects, replicas: z.int().min(0).max(100_000) }),
  restart: z.strictObject({ objects }),
  /** Without `revision` it is the one before. */
  rollback: z.strictObject({ objects: one, revision: z.int().min(1).optional() }),
  trigger: z.strictObject({ objects }),
  suspend: z.strictObject({ objects }),
  resume: z.strictObject({ objects }),
  cordon: z.strictObject({ objects }),
  uncordon: z.strictObject({ objects }),
  delete: z.strictObject({
    objects,
    propagation: z.enum(["background", "foreground", "orphan"]).default("background"),
    /** Seconds that it has to end; the object's own where there are none. 0 does not wait for an end. */
    grace: z.int().min(0).max(86_400).optional(),
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

export type ActionInput<V extends keyof typeof actionSchemas> = z.infer<(typeof actionSchemas)[V]>;
export type ActionTarget = z.infer<typeof targetSchema>;
