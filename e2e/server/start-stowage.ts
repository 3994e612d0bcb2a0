import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { LiveSocket } from "./live-socket.ts";
import { sendRequest } from "./send-request.ts";
import type { Answer, Asked } from "./send-request.ts";

export type StowageOptions = {
  /** Paths as KUBECONFIG takes them. */
  kubeconfig: string;
  /** Flags beside the port; `--face team` makes a server without a token of its own. */
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
};

export type Ended = { code: number | null; signal: NodeJS.Signals | null; milliseconds: number };

const root = join(import.meta.dirname, "..", "..");
const startMs = 60_000;
/** A server that drains is given this long before it is killed, which a test then sees. */
const stopMs = 40_000;

/** A Stowage of its own process on a free port, as a person would start it. */
export class RunningStowage {
  /** Of the local face: what scripts send as bearer token. */
  readonly token: string;
  readonly port: number;
  private readonly child: ChildProcess;
  private readonly output: Output;

  constructor(child: ChildProcess, output: Output, token: string, port: number) {
    this.child = child;
    this.output = output;
    this.token = token;
    this.port = port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** What it has said: people read the first, the second is JSON lines. */
  get stdout(): string {
    return this.output.stdout;
  }

  get stderr(): string {
    return this.output.stderr;
  }

  /** The log's events of this name. */
  logged(event: string): Record<string, unknown>[] {
    return this.stderr
      .split("\n")
      .filter((line) => line.includes(`"event":"${event}"`))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Sends exactly this target; redirects are not followed. */
  ask(path: string, asked: Asked = {}): Promise<Answer> {
    return sendRequest(this.port, path, asked);
  }

  /** A GET as the script whose token this is; the local face's own token where none is given. */
  get(path: string, bearer: string = this.token, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask(path, { headers: { authorization: `Bearer ${bearer}`, ...headers } });
  }

  /** The same, parsed; throws for any status but 200. */
  async json<T>(path: string, bearer: string = this.token): Promise<T> {
    const answer = await this.get(path, bearer);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
    return JSON.parse(answer.text) as T;
  }

  /** The launch link that works now. */
  get launchPath(): string {
    const codes = [...this.stdout.matchAll(/\/\?launch=([\w-]+)/g)];
    return `/?launch=${codes.at(-1)?.[1] ?? ""}`;
  }

  /** The link by which the first admin of a team chooses a password, as it was printed. */
  get setupPath(): string {
    return /\/setup\?link=[\w-]+/.exec(this.stdout)?.[0] ?? "";
  }

  /** Sends a form as a page of ours does, by whom this cookie is of; redirects are not followed. */
  post(path: string, fields: Readonly<Record<string, string>>, cookie?: string): Promise<Answer> {
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      origin: this.url,
      ...(cookie === undefined ? {} : { cookie }),
    };
    return this.ask(path, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
  }

  /** Opens the launch link as a browser does, and gives its cookie. */
  async launch(): Promise<string> {
    return cookieOf(await this.ask(this.launchPath));
  }

  /** Signs in with a Kubernetes token as the form of the sign-in page does, and gives the cookie. */
  async signIn(token: string): Promise<string> {
    return cookieOf(await this.post("/api/auth/sign-in", { token }));
  }

  /** The same with a local user's login and password. */
  async signInLocally(login: string, password: string): Promise<string> {
    return cookieOf(await this.post("/api/auth/sign-in", { login, password }));
  }

  /** A tab's socket, by bearer token or by a cookie (which browsers send with their origin). */
  socket(who: { bearer?: string; cookie?: string } = {}): Promise<LiveSocket> {
    const headers: Record<string, string> =
      who.cookie === undefined
        ? { authorization: `Bearer ${who.bearer ?? this.token}` }
        : { cookie: who.cookie, origin: this.url };
    return LiveSocket.open(this.port, headers);
  }

  /** Sends the signal and waits for the end. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<Ended> {
    const began = performance.now();
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill("SIGKILL"), stopMs);
    const { code, signal: by } = await this.output.ended;
    clearTimeout(late);
    return { code, signal: by, milliseconds: Math.round(performance.now() - began) };
  }
}

/** Starts a server and waits until it serves. Throws with what it said when it ends instead. */
export async function startStowage({ kubeconfig, args = [], env = {} }: StowageOptions): Promise<RunningStowage> {
  const team = args.includes("team");
  const token = team ? "" : randomBytes(16).toString("hex");
  const { child, output } = spawnStowage(args, {
    KUBECONFIG: kubeconfig,
    ...(team ? {} : { STOWAGE_TOKEN: token }),
    ...env,
  });
  const port = await new Promise<number>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}:\n${output.stdout}${output.stderr}`));
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      fail(`Stowage was not ready within ${startMs / 1000} s`);
    }, startMs);
    output.onText = () => {
      const found = /^http:\/\/127\.0\.0\.1:(\d+)\//m.exec(output.stdout)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(Number(found));
    };
    void output.ended.then(({ code }) => {
      clearTimeout(timer);
      fail(`Stowage ended with ${code} instead of serving`);
    });
  });
  return new RunningStowage(child, output, token, port);
}

/** Runs a server that is expected to end by itself. */
export async function runStowage(args: readonly string[], env: Readonly<Record<string, string>>) {
  const { output } = spawnStowage(args, env);
  const { code } = await output.ended;
  return { code, stdout: output.stdout, stderr: output.stderr };
}

type Output = {
  stdout: string;
  stderr: string;
  onText: () => void;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

function spawnStowage(args: readonly string[], env: Readonly<Record<string, string>>) {
  // Its own home: no kubeconfig of whoever runs the tests is read.
  const home = mkdtempSync(join(tmpdir(), "stowage-home-"));
  // Development pages compile on demand, for work on a test while the pages do not build.
  const dev = process.env["STOWAGE_E2E_DEV"] === "1" ? ["--dev"] : [];
  const main = join(root, "lib", "server", "main.ts");
  const port = args.includes("--port") ? [] : ["--port", "0"];
  const child = spawn(process.execPath, ["--max-semi-space-size=4", main, ...port, ...dev, ...args], {
    cwd: home,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: home,
      NODE_ENV: dev.length > 0 ? "development" : "production",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: Output = {
    stdout: "",
    stderr: "",
    onText: () => undefined,
    ended: new Promise((resolve) => {
      child.once("close", (code, signal) => {
        rmSync(home, { recursive: true, force: true });
        resolve({ code, signal });
      });
    }),
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
    output.onText();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  // A test that failed half way leaves nothing running.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("close", () => process.off("exit", kill));
  return { child, output };
}

/** The cookie that an answer sets; throws with what it said instead. */
export function cookieOf({ status, headers, text }: Answer): string {
  const cookie = headers["set-cookie"]?.[0]?.split(";")[0];
  if (cookie === undefined)
    throw new Error(`no cookie came with ${status} to ${headers["location"] ?? "nowhere"}: ${text.slice(0, 300)}`);
  return cookie;
}
