import { z } from "zod";

import { kinds } from "../../../kinds/index.ts";
import { compile } from "../../../query/compile.ts";
import { parse } from "../../../query/parse.ts";

/** Most components of a page and parts of a component. */
export const maxComponents = 50;
const maxParts = 50;

/** Public words: English, or an object with `en` and `ko`. */
export function wordsSchema(most: number) {
  const text = z.string().trim().min(1, "write some words here").max(most);
  return z.union([text.transform((en) => ({ en })), z.strictObject({ en: text, ko: text.optional() })], {
    error: `write words, or { en: words, ko: words } (at most ${most} characters)`,
  });
}

const name = z.string().min(1, "name the object").max(253);
const source = z.string().min(1, "name the source, as the console does").max(253);

/** Kinds that keep a number of pods: those that say how many of them are ready. */
export const workloadKinds: readonly string[] = [...kinds.values()]
  .filter(({ id, api, column }) => id !== "pods" && api !== null && column.has("ready"))
  .map(({ id }) => id);

function query(kind: "pods" | "nodes") {
  return z
    .string()
    .trim()
    .min(1, `write which ${kind}, such as label:app=web`)
    .max(1_000)
    .superRefine((text, context) => {
      const known = kinds.get(kind);
      const found = known && compile(parse(text), known).problems.find(({ level }) => level === "error");
      if (found) {
        const instead = found.suggestion === null ? "" : `; did you mean ${found.suggestion}?`;
        context.addIssue({
          code: "custom",
          message: `not understood: ${found.text || found.key || found.code}${instead}`,
        });
      }
    });
}

const expect = z.number().int().min(1).max(100_000).optional();

const part = z.discriminatedUnion(
  "type",
  [
    z.strictObject({
      type: z.literal("workload"),
      source,
      kind: z.enum(workloadKinds, { error: `write one of ${workloadKinds.join(", ")}` }),
      namespace: name,
      name,
    }),
    z.strictObject({ type: z.literal("service"), source, namespace: name, name }),
    z.strictObject({ type: z.literal("pods"), source, q: query("pods"), expect }),
    z.strictObject({ type: z.literal("nodes"), source, q: query("nodes"), expect }),
  ],
  { error: "write type: workload, service, pods or nodes" },
);

const percent = z.number().min(1).max(100);
const thresholds = z
  .strictObject({ degraded: percent.default(100), partial: percent.default(75), major: percent.default(25) })
  .refine(({ degraded, partial, major }) => degraded >= partial && partial >= major, {
    error: "degraded has to be at least partial, and partial at least major",
  });

/** `90`, `90s` or `2m`, in seconds. */
function seconds(most: number) {
  const message = `write a time such as 60s or 2m, at most ${most}s`;
  return z
    .union([z.number(), z.string().regex(/^\d+(s|m)?$/, message)], { error: message })
    .transform((value) => {
      if (typeof value === "number") return value;
      return Number.parseInt(value, 10) * (value.endsWith("m") ? 60 : 1);
    })
    .pipe(z.number().int().min(0).max(most, message));
}

const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "write lower-case letters, digits and single dashes, such as web-shop")
  .max(60);

export const componentSchema = z.strictObject({
  id: slugSchema,
  name: wordsSchema(80),
  group: wordsSchema(80).optional(),
  description: wordsSchema(300).optional(),
  parts: z.array(part).min(1, "name at least one part").max(maxParts),
  thresholds: thresholds.prefault({}),
  /** Before a worse state is told, in seconds. */
  delay: seconds(3_600).default(60),
  /** Before a better state is told, in seconds. */
  hysteresis: seconds(3_600).default(120),
});

export type Component = z.output<typeof componentSchema>;
export type Part = Component["parts"][number];
export type Thresholds = Component["thresholds"];
