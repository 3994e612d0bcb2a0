import { z } from "zod";

const text = z.string().nullish();
const flag = z.boolean().nullish();

export const clusterSchema = z.object({
  server: text,
  "certificate-authority": text,
  "certificate-authority-data": text,
  "insecure-skip-tls-verify": flag,
  "tls-server-name": text,
  "proxy-url": text,
  "disable-compression": flag,
  extensions: z.array(z.object({ name: z.string(), extension: z.unknown() })).nullish(),
});

export const execSchema = z.object({
  command: text,
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string().min(1), value: z.string().nullish() })).nullish(),
  apiVersion: text,
  installHint: text,
  provideClusterInfo: flag,
  interactiveMode: text,
});

export const userSchema = z.object({
  "client-certificate": text,
  "client-certificate-data": text,
  "client-key": text,
  "client-key-data": text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  as: text,
  "as-uid": text,
  "as-groups": z.array(z.string()).nullish(),
  "as-user-extra": z.record(z.string(), z.array(z.string())).nullish(),
  "auth-provider": z.object({ name: text }).nullish(),
  exec: execSchema.nullish(),
});

export const contextSchema = z.object({ cluster: text, user: text, namespace: text });

export type ClusterEntry = z.infer<typeof clusterSchema>;
export type UserEntry = z.infer<typeof userSchema>;
export type ExecEntry = z.infer<typeof execSchema>;
export type ContextEntry = z.infer<typeof contextSchema>;
