import { z } from "zod";

import type { PullLayer, PullPhase } from "../../../protocol/pull.ts";
import { StowageError } from "../../error.ts";

/** The longest line, in bytes: the engine's own have some hundred. */
const maxLine = 256 * 1024;
/** Images have at most 127 layers; a list of platforms is not pulled. */
const maxLayers = 512;
const maxText = 2_000;

const lineSchema = z.object({
  status: z.string().optional(),
  id: z.string().max(128).optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).nullish(),
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string().optional() }).nullish(),
});

/**
 * What an engine tells while it pulls: JSON lines, one after the other, in pieces that end anywhere. Holds the layers as they are
 * now. A line without an end, layers without end and lines that are no JSON are refused: `too-large` and `source-refused`.
 */
export class PullProgress {
  /** In the order in which the engine named them. */
  readonly layers = new Map<string, PullLayer>();
  digest: string | null = null;
  /** What the engine ended with instead of an image. */
  error: string | null = null;
  private rest: Buffer[] = [];
  private restBytes = 0;

  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      this.keep(chunk.subarray(from, end));
      from = end + 1;
      this.take();
    }
    this.keep(chunk.subarray(from));
  }

  /** The last line may have no end. Podman says no more of a layer than that it was downloaded, and unpacks it all the same. */
  end(): void {
    this.take();
    if (this.error !== null) return;
    for (const layer of this.layers.values())
      if (layer.phase === "downloaded") this.layers.set(layer.id, { ...layer, phase: "done" });
  }

  private keep(piece: Buffer): void {
    this.restBytes += piece.length;
    if (this.restBytes > maxLine)
      throw new StowageError("too-large", `a line of progress is longer than ${maxLine} bytes`);
    if (piece.length > 0) this.rest.push(piece);
  }

  private take(): void {
    const text = Buffer.concat(this.rest).toString("utf8").trim();
    this.rest = [];
    this.restBytes = 0;
    if (text === "") return;
    const line = lineSchema.safeParse(jsonOf(text));
    if (!line.success) throw new StowageError("source-refused", "a line of progress is not what an engine says");
    const { status = "", id, progressDetail, error, errorDetail } = line.data;
    if (error !== undefined || errorDetail) this.error = (errorDetail?.message ?? error ?? "").slice(0, maxText);
    const digest = /^Digest: (\S{1,200})$/.exec(status)?.[1];
    if (digest !== undefined) this.digest = digest;
    const phase = phaseOf(status);
    if (id !== undefined && phase !== null) this.layer(id, phase, progressDetail ?? {});
  }

  private layer(id: string, phase: PullPhase, { current, total }: { current?: number; total?: number }): void {
    const before = this.layers.get(id) ?? { id, phase, downloaded: 0, total: null };
    if (!this.layers.has(id) && this.layers.size >= maxLayers)
      throw new StowageError("too-large", `an image of more than ${maxLayers} layers`);
    // Podman tells the image's config like a layer, and that it is there once more in the end.
    if (phase === "downloaded" && this.layers.get(id)?.phase === "downloaded") return void this.layers.delete(id);
    // While it extracts, the same two numbers count what is unpacked.
    const downloading = phase === "downloading";
    const known = downloading && total !== undefined && total > 0 ? total : before.total;
    const so = downloading ? Math.max(0, current ?? 0) : isDownloaded(phase) ? (known ?? 0) : before.downloaded;
    this.layers.set(id, { id, phase, downloaded: known === null ? so : Math.min(so, known), total: known });
  }
}

function isDownloaded(phase: PullPhase): boolean {
  return phase === "verifying" || phase === "downloaded" || phase === "extracting" || phase === "done";
}

/** Null for what is told of no layer: `Pulling from library/nginx`, whose id is the tag. */
function phaseOf(status: string): PullPhase | null {
  switch (status) {
    case "Pulling fs layer":
    case "Waiting":
      return "waiting";
    case "Downloading":
      return "downloading";
    case "Verifying Checksum":
      return "verifying";
    case "Download complete":
      return "downloaded";
    case "Extracting":
      return "extracting";
    case "Pull complete":
      return "done";
    case "Already exists":
      return "exists";
    default:
      // A layer whose download broke off begins anew.
      return status.startsWith("Retrying in ") ? "waiting" : null;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
