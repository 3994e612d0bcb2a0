import { StowageError } from "../error.ts";
import { nodeDiskSchema } from "../../protocol/node-disk.ts";
import type { NodeDisk } from "../../protocol/node-disk.ts";
import { Kept } from "../stack/kept.ts";
import { answerHeader, isAnswerSigned, newNonce, signRequest } from "./signature.ts";

/** How long what a reader told is believed, in ms. */
const keptMs = 5_000;
/** Longest time for one answer, in ms; the reader gives up a little earlier. */
const answerMs = 65_000;
/** Longest answer, in bytes. */
const maxAnswer = 32 << 20;
/** Nodes that are kept at a time. */
const maxKept = 200;

export type NodeReadersOptions = {
  /** What the readers know too; null where they listen on loopback addresses without one. */
  readonly secret: string | null;
  /** Where a node's reader listens (`http://10.0.0.7:7118`); null where the node has none. */
  readonly find: (source: string, node: string) => Promise<string | null> | string | null;
  readonly now?: () => number;
};

/**
 * The readers on the nodes of clusters. What they tell holds the names of all pods of a node: whoever shows it leaves out what the
 * person may not see.
 */
export class NodeReaders {
  private readonly options: NodeReadersOptions;
  private readonly now: () => number;
  private readonly disks: Kept<NodeDisk>;

  constructor(options: NodeReadersOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    this.disks = new Kept(maxKept, this.now);
  }

  /**
   * What lies on the disk of a node, at most five seconds old; null where the node has no reader. Asked once for everybody who looks:
   * the signal ends the waiting and not the asking. Throws StowageError: `source-unreachable`, `source-refused` (it refuses the
   * signature, or is not who holds the secret), `too-large`.
   */
  async disk(source: string, node: string, signal?: AbortSignal): Promise<NodeDisk | null> {
    signal?.throwIfAborted();
    const address = await this.options.find(source, node);
    if (address === null) return null;
    // By address: a reader that was moved is asked anew.
    const asked = this.disks.get(`${source}/${node} ${address}`, keptMs, () => this.ask(address, node));
    return signal ? await until(asked, signal) : await asked;
  }

  private async ask(address: string, node: string): Promise<NodeDisk> {
    const { secret } = this.options;
    const target = `/v1/disk?node=${encodeURIComponent(node)}`;
    const nonce = newNonce();
    const headers: Record<string, string> =
      secret === null ? {} : { authorization: signRequest(secret, { method: "GET", target, at: this.now(), nonce }) };
    const { status, body, signature } = await exchange(new URL(target, address), headers);
    // Also a failure is believed only from the reader itself; a refusal of the signature cannot bear one.
    const isSigned = secret === null || isAnswerSigned(secret, { nonce, status, body, signature });
    if (status === 401)
      throw new StowageError("source-refused", `the reader on ${node} refuses the signature: ${saidIn(body)}`);
    if (!isSigned)
      throw new StowageError("source-refused", `what answers for ${node} does not hold the readers' secret`);
    // A failure is that of the runtime there; everything else is a request that the reader does not serve.
    if (status !== 200)
      throw new StowageError(
        status >= 500 ? "source-unreachable" : "source-refused",
        `the reader on ${node}: ${saidIn(body)}`,
      );
    const parsed = nodeDiskSchema.safeParse(jsonIn(body));
    if (!parsed.success)
      throw new StowageError("source-refused", `the reader on ${node} told something else than a disk`);
    if (parsed.data.node !== null && parsed.data.node !== node)
      throw new StowageError("source-refused", `the reader on ${node} says that it is on ${parsed.data.node}`);
    return parsed.data;
  }
}

async function exchange(url: URL, headers: Record<string, string>) {
  try {
    const response = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(answerMs) });
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of response.body ?? []) {
      length += piece.byteLength;
      // Leaving the loop cancels the rest.
      if (length > maxAnswer) throw new StowageError("too-large", `${url.host} told more than ${maxAnswer} bytes`);
      pieces.push(piece);
    }
    return { status: response.status, body: Buffer.concat(pieces), signature: response.headers.get(answerHeader) };
  } catch (thrown) {
    if (thrown instanceof StowageError) throw thrown;
    const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StowageError("source-unreachable", `the reader at ${url.host}: ${why}`, { cause: thrown });
  }
}

function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}

/** The detail of a refusal or failure, as far as it is one of ours. */
function saidIn(body: Uint8Array): string {
  const said = jsonIn(body);
  const error = typeof said === "object" && said !== null && "error" in said ? said.error : null;
  const detail = typeof error === "object" && error !== null && "detail" in error ? error.detail : null;
  return typeof detail === "string" ? detail.slice(0, 300) : "nothing that is understood";
}

async function until<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error("given up"));
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([asked, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
