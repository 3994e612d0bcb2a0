import type { IncomingMessage, ServerResponse } from "node:http";

/** A body of this many bytes or more is a large one, and so is one that does not say its length. */
export const largeBytes = 256 * 1024;
/** Large bodies that may be on their way at a time, in all and from one address: each is held in memory until it is whole. */
export const mostAtOnce = { all: 24, ofAddress: 8 };

/** Keeps those who send much from filling the memory together: one more than may be is told to come back. */
export class LargeBodies {
  private readonly underWay = new Map<string, number>();
  private all = 0;

  /** False where the request has to be refused; a place is free again when its response is over. */
  admit(request: IncomingMessage, response: ServerResponse, address: string): boolean {
    if (!isLarge(request)) return true;
    const own = this.underWay.get(address) ?? 0;
    if (this.all >= mostAtOnce.all || own >= mostAtOnce.ofAddress) return false;
    this.all += 1;
    this.underWay.set(address, own + 1);
    response.once("close", () => {
      this.all -= 1;
      const left = (this.underWay.get(address) ?? 1) - 1;
      if (left > 0) this.underWay.set(address, left);
      else this.underWay.delete(address);
    });
    return true;
  }
}

function isLarge({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) >= largeBytes;
}
