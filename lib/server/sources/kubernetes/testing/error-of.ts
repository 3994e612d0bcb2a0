import type { Readable } from "node:stream";

/** Resolves with the error that ends the body; rejects when it ends as if it were whole. */
export function errorOf(body: Readable): Promise<Error> {
  return new Promise((resolve, reject) => {
    body.once("error", resolve);
    body.once("end", () => reject(new Error("the body ended as if it were whole")));
    body.resume();
  });
}
