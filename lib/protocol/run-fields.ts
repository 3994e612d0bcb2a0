import { z } from "zod";

/** Nothing that a person writes on one line has these. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\0\r\n]*$/);
const port = z.int().min(1).max(65_535);
const address = z.union([z.ipv4(), z.ipv6()]);
const absolute = z
  .string()
  .min(2)
  .max(1_024)
  // A colon parts the words of `--volume`.
  .regex(/^\/[^\0\r\n:]*$/);

/**
 * What a container is run with. There is no way here to a path, a device, a namespace or a privilege of the host: whoever needs one
 * uses the engine's own client.
 */
export const runFields = {
  /** One of the image's names, to stand as the container's image; its first where this is missing. */
  image: line(600).min(1).optional(),
  name: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}$/)
    .optional(),
  /** The image's own where it is empty. */
  command: z
    .array(
      z
        .string()
        .max(8_192)
        .regex(/^[^\0]*$/),
    )
    .max(100)
    .default([]),
  env: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[^=\0\s]{1,200}$/),
        value: z
          .string()
          .max(32_768)
          .regex(/^[^\0]*$/),
      }),
    )
    .max(200)
    .default([]),
  /** Without `host` the engine takes a free one; without `address` every address of the host leads there. */
  ports: z
    .array(
      z.strictObject({
        container: port,
        host: port.optional(),
        address: address.optional(),
        protocol: z.enum(["tcp", "udp"]).default("tcp"),
      }),
    )
    .max(100)
    .default([]),
  volumes: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/),
        path: absolute,
        readOnly: z.boolean().default(false),
      }),
    )
    .max(50)
    .default([]),
  /** By its name; the engine's usual one where it is missing. Neither the host's nor another container's. */
  network: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/)
    .refine((name) => name !== "host", { error: "a container here does not share the host's network" })
    .optional(),
  restart: z.enum(["no", "on-failure", "unless-stopped", "always"]).default("no"),
  /** Bytes. */
  memory: z
    .int()
    .min(6 * 1024 * 1024)
    .optional(),
  cpus: z.number().min(0.01).max(1_024).optional(),
  user: z
    .string()
    .regex(/^[\w.-]{1,64}(?::[\w.-]{1,64})?$/)
    .optional(),
  readOnly: z.boolean().default(false),
} as const;
