import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const form = "v1.";
const ivBytes = 12;
const tagBytes = 16;

/** Seals text under the installation's key with AES-256-GCM. */
export class Sealer {
  private readonly key: Buffer;

  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync("sha256", secret, "", "stowage tokens", 32));
  }

  /** `place` is where it will be kept: sealed text that is moved elsewhere does not open. */
  seal(text: string, place: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv("aes-256-gcm", this.key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return `${form}${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
  }

  /** The text, or null when it was sealed under another key, for another place, or changed since. */
  open(sealed: string, place: string): string | null {
    if (!sealed.startsWith(form)) return null;
    const bytes = Buffer.from(sealed.slice(form.length), "base64url");
    if (bytes.length < ivBytes + tagBytes) return null;
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString("utf8");
    } catch {
      return null;
    }
  }
}
