import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** One answer, ready to be sent: compressed once, however often it is asked for. */
export type SiteAnswer = {
  readonly type: string;
  readonly cache: string;
  readonly etag: string;
  readonly body: Readonly<Record<Encoding, Buffer>>;
};

export type Encoding = "br" | "gzip" | "identity";

export function siteAnswer(text: string, type: string, cache: string): SiteAnswer {
  const plain = Buffer.from(text);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  return {
    type,
    cache,
    // Weak: the same for every encoding of it.
    etag: `W/"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`,
    body: { identity: plain, gzip: gzipSync(plain, { level: 9 }), br: brotliCompressSync(plain, { params }) },
  };
}

/** The best encoding that the other side takes. */
export function encodingOf(accepted: string | undefined): Encoding {
  if (accepted === undefined) return "identity";
  const taken = accepted.split(",").flatMap((part) => {
    const [name = "", ...more] = part.split(";").map((word) => word.trim().toLowerCase());
    return more.some((word) => /^q=0(\.0*)?$/.test(word)) ? [] : [name];
  });
  return taken.includes("br") ? "br" : taken.includes("gzip") ? "gzip" : "identity";
}

/** Whether the other side has this already. */
export function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => bare(tag) === bare(etag));
}
