import { spawn } from "node:child_process";
import { connect as connectTcp } from "node:net";
import { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";

import { shellQuote } from "../../../shared/shell-quote.ts";
import { StowageError } from "../../error.ts";
import { withoutSecrets } from "../kubernetes/without-secrets.ts";
import type { EngineAddress } from "./engine-address.ts";
import { printEngineAddress } from "./engine-address.ts";

/** PEM of the authority, and of the certificate and key by which we are known; as in a folder of DOCKER_CERT_PATH. */
export type EngineTls = {
  readonly ca: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  /** False where a context says `SkipTLSVerify`. */
  readonly verify: boolean;
};

const connectMs = 10_000;
/** Through ssh somebody may have to touch a key. */
const sshMs = 30_000;
/** What ssh says when it fails is told up to here. */
const maxSaid = 2_000;

/** A connection to the engine that is ready for HTTP. Throws `source-unreachable` with what was in the way, or the signal's reason. */
export async function dialEngine(address: EngineAddress, tls: EngineTls | null, signal: AbortSignal): Promise<Duplex> {
  signal.throwIfAborted();
  switch (address.type) {
    case "unix":
      return await connected(connectTcp({ path: address.path }), "connect", address, signal);
    case "tcp": {
      const { host, port } = address;
      if (!address.tls) return await connected(connectTcp({ host, port }), "connect", address, signal);
      const trust = { rejectUnauthorized: tls?.verify ?? true, ...(tls?.ca ? { ca: tls.ca } : {}) };
      const known = tls?.certificate && tls.key ? { cert: tls.certificate, key: tls.key } : {};
      const socket = connectTls({ host, port, servername: host, ...trust, ...known });
      return await connected(socket, "secureConnect", address, signal);
    }
    case "ssh":
      return await throughSsh(address, signal);
  }
}

function connected<S extends Duplex>(
  socket: S,
  event: "connect" | "secureConnect",
  address: EngineAddress,
  signal: AbortSignal,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      socket.destroy();
      reject(signal.aborted ? signal.reason : unreachable(address, why));
    };
    const late = setTimeout(() => fail(`no answer within ${connectMs / 1000} s`), connectMs);
    const abort = () => fail("");
    signal.addEventListener("abort", abort, { once: true });
    // Stays: between two listeners an error would end the process.
    socket.on("error", (error: NodeJS.ErrnoException) => fail(reasonOf(error)));
    socket.once(event, () => {
      clearTimeout(late);
      signal.removeEventListener("abort", abort);
      resolve(socket);
    });
    socket.once("close", () => {
      clearTimeout(late);
      signal.removeEventListener("abort", abort);
    });
  });
}

/** As the Docker client does it: `docker system dial-stdio` at the other end, with the person's own ssh, keys and known hosts. */
async function throughSsh(address: Extract<EngineAddress, { type: "ssh" }>, signal: AbortSignal): Promise<Duplex> {
  const target = address.user === null ? address.host : `${address.user}@${address.host}`;
  const port = address.port === null ? [] : ["-p", String(address.port)];
  const remote = ["docker", "--host", `unix://${address.path}`, "system", "dial-stdio"];
  const options = ["-o", "BatchMode=yes", "-o", `ConnectTimeout=${sshMs / 1000}`, "-T"];
  // What follows the target is put together again by the shell at the other end.
  const child = spawn("ssh", [...options, ...port, "--", target, ...remote.map(shellQuote)], { signal });
  const duplex = Duplex.from({ readable: child.stdout, writable: child.stdin });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (said.length < maxSaid) said += text;
  });
  child.stdin.on("error", () => undefined);
  child.once("error", (error) => duplex.destroy(signal.aborted ? signal.reason : unreachable(address, error.message)));
  child.once("close", (code) => {
    if (code !== 0) duplex.destroy(unreachable(address, withoutSecrets(said.trim() || `ssh ended with ${code}`)));
  });
  duplex.once("close", () => child.kill());
  return duplex;
}

function reasonOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOENT":
      return "there is no such socket: is the engine running?";
    case "EACCES":
      return "this user may not open the socket: is it in the group docker?";
    case "ECONNREFUSED":
      return "nobody listens there: is the engine running?";
    default:
      return withoutSecrets(error.message);
  }
}

function unreachable(address: EngineAddress, why: string): StowageError {
  return new StowageError("source-unreachable", `${printEngineAddress(address)}: ${why}`);
}
