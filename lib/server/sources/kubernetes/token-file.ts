import { StowageError } from "../../error.ts";
import { readReferenced } from "./referenced-file.ts";

// Half of the shortest life of a projected token after the kubelet has renewed it, as client-go reads it.
const believedFor = 60_000;

/** A bearer token in a file that something else renews: read again each minute, and at once when told that it is refused. */
export class TokenFile {
  readonly #path: string;
  readonly #fallback: string | null;
  readonly #now: () => number;
  #token: string | null = null;
  #readAt = -Infinity;

  /** `fallback` is the kubeconfig's own token, which holds while the file cannot be read. `now` counts milliseconds. */
  constructor(path: string, fallback: string | null, now: () => number) {
    this.#path = path;
    this.#fallback = fallback;
    this.#now = now;
  }

  async token(): Promise<string> {
    if (this.#token !== null && this.#now() - this.#readAt < believedFor) return this.#token;
    return await this.reread();
  }

  async reread(): Promise<string> {
    try {
      const token = (await readReferenced({ data: null, file: this.#path }, "the token file"))?.toString("utf8").trim();
      if (!token) throw new StowageError("source-unreachable", `the token file ${this.#path} is empty`);
      this.#token = token;
      this.#readAt = this.#now();
      return token;
    } catch (error) {
      const last = this.#token ?? this.#fallback;
      if (last === null) throw error;
      return last;
    }
  }
}
