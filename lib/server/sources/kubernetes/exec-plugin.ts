import { spawn } from "node:child_process";
import { z } from "zod";
import { StowageError } from "../../error.ts";
import type { ClientCertificate } from "./client-certificate.ts";
import { clientCertificate } from "./client-certificate.ts";
import type { ExecEntry } from "./kubeconfig-schema.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** `expires` counts milliseconds since the epoch; null lasts until it is refused. */
export type PluginCredentials = {
  readonly token: string | null;
  readonly certificate: ClientCertificate | null;
  readonly expires: number | null;
};

export type PluginOptions = {
  readonly exec: ExecEntry;
  /** What the plugin is told of the cluster where it asks for that (`provideClusterInfo`). */
  readonly cluster: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds, 60 s by default: some plugins open a browser and wait for the person. */
  readonly timeout?: number;
};

const maxOutput = 1024 * 1024;

const answerSchema = z.object({
  kind: z.literal("ExecCredential"),
  apiVersion: z.string(),
  status: z.object({
    token: z.string().nullish(),
    clientCertificateData: z.string().nullish(),
    clientKeyData: z.string().nullish(),
    expirationTimestamp: z.string().nullish(),
  }),
});

/** Runs a credential plugin (client.authentication.k8s.io) once, without a terminal. Throws `signed-out` in plain words. */
export async function runExecPlugin(options: PluginOptions): Promise<PluginCredentials> {
  const { exec } = options;
  if (exec.interactiveMode === "Always")
    throw failure(exec, "wants a terminal, and Stowage has none; run kubectl once or use another way to sign in");
  return credentialsOf(exec, await outputOf(options));
}

function outputOf({ exec, cluster, env, timeout = 60_000 }: PluginOptions): Promise<string> {
  const info = {
    kind: "ExecCredential",
    apiVersion: exec.apiVersion,
    spec: { ...(exec.provideClusterInfo ? { cluster } : {}), interactive: false },
  };
  const own = Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value ?? ""]));
  const environment = { ...env, ...own, KUBERNETES_EXEC_INFO: JSON.stringify(info) } as unknown as NodeJS.ProcessEnv;
  return new Promise((resolve, reject) => {
    const child = spawn(exec.command ?? "", exec.args ?? [], {
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    let complaint = "";
    const end = (why: string) => {
      child.kill("SIGKILL");
      // A grandchild may hold the pipes open, and `close` would never come.
      child.stdout.destroy();
      child.stderr.destroy();
      reject(failure(exec, why));
    };
    const timer = setTimeout(() => end(`did not answer within ${timeout / 1000} s`), timeout);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.length > maxOutput) end("printed more than 1 MiB");
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint = (complaint + text).slice(-2000)));
    child.once("error", (error) => {
      clearTimeout(timer);
      const missing = "code" in error && error.code === "ENOENT";
      reject(
        failure(exec, missing ? `is not installed${hintOf(exec)}` : `cannot be run: ${withoutSecrets(error.message)}`),
      );
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) return resolve(output);
      const said = withoutSecrets(complaint.trim());
      reject(
        failure(exec, `failed (${code === null ? signal : `exit code ${code}`})${said === "" ? "" : `: ${said}`}`),
      );
    });
  });
}

function credentialsOf(exec: ExecEntry, output: string): PluginCredentials {
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    throw failure(exec, "printed something other than an ExecCredential");
  }
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) throw failure(exec, "printed something other than an ExecCredential");
  const { apiVersion, status } = parsed.data;
  if (apiVersion !== exec.apiVersion)
    throw failure(exec, `answered as ${withoutSecrets(apiVersion)}, and the kubeconfig expects ${exec.apiVersion}`);
  const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = status;
  if (!cert !== !key)
    throw failure(exec, "gave a client certificate without its key, or a key without its certificate");
  if (!token && !cert) throw failure(exec, "gave neither a token nor a client certificate");
  const expires = expirationTimestamp ? Date.parse(expirationTimestamp) : null;
  return {
    token: token || null,
    certificate: cert && key ? clientCertificate(Buffer.from(cert), Buffer.from(key)) : null,
    expires: expires === null || Number.isNaN(expires) ? null : expires,
  };
}

function failure(exec: ExecEntry, what: string): StowageError {
  return new StowageError("signed-out", `the credential plugin ${exec.command} ${what}`);
}

function hintOf(exec: ExecEntry): string {
  return exec.installHint ? `: ${withoutSecrets(exec.installHint.trim())}` : "";
}
