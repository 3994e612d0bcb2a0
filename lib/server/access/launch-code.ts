import { randomBytes, timingSafeEqual } from "node:crypto";

/** The single-use code of the link that opens the local face. A used code is followed by a new one, for the next browser. */
export class LaunchCode {
  private code = fresh();

  /** The code that works now. */
  get current(): string {
    return this.code;
  }

  /** True once for the current code, which is then spent. */
  spend(offered: string): boolean {
    const right = Buffer.from(this.code);
    const given = Buffer.from(offered);
    if (right.length !== given.length || !timingSafeEqual(right, given)) return false;
    this.code = fresh();
    return true;
  }
}

function fresh(): string {
  return randomBytes(24).toString("base64url");
}
