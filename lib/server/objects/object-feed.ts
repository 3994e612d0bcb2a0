import type { ObjectAnswer } from "../../protocol/object.ts";
import { isStowageError } from "../error.ts";
import type { RowSource } from "../cache/row-source.ts";
import type { Feed } from "../live/feed.ts";

export type ObjectFeedOptions = {
  /** Rows of the kind that the object is read from; they tell when it changed. */
  rows: RowSource;
  key: string;
  /** The resourceVersion that the viewer has. */
  known: string | undefined;
  /** Reads the object with the person's own right. */
  read: () => Promise<ObjectAnswer>;
};

/** The object is read again at most this often, in ms, however fast it changes. */
const readMs = 500;

/**
 * One whole object, again whenever it changed. The cache only says that it did; what is shown is read from the source with the
 * person's right each time, so that nothing of an object comes out of the cache.
 */
export class ObjectFeed implements Feed {
  private readonly options: ObjectFeedOptions;
  private readonly release: (() => void)[];
  private onChange: () => void = () => undefined;
  private version: string | undefined;
  private last: ObjectAnswer | null = null;
  private said: ObjectAnswer | null = null;
  private failure: Error | null = null;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(options: ObjectFeedOptions) {
    this.options = options;
    this.version = options.known;
    const { rows, key } = options;
    const changed = rows.listen({
      changed: (changes) => {
        if (changes.some(({ before, after }) => (after ?? before)?.key === key)) this.schedule(readMs);
      },
      status: () => undefined,
    });
    this.release = [rows.acquire(), changed];
    this.schedule(0);
  }

  watch(onChange: () => void): void {
    this.onChange = onChange;
  }

  next() {
    if (this.failure) throw this.failure;
    if (this.last === this.said || !this.last) return null;
    this.said = this.last;
    return { t: "object" as const, ...this.last };
  }

  async recheck(): Promise<void> {
    await this.read();
    if (this.failure) throw this.failure;
  }

  close(): void {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    for (const release of this.release) release();
  }

  private schedule(ms: number): void {
    if (this.closed) return;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.read();
    }, ms);
  }

  private async read(): Promise<void> {
    try {
      const answer = await this.options.read();
      if (this.closed) return;
      const version = answer.object.metadata?.resourceVersion;
      if (this.last?.gone === undefined && version === this.version && version !== undefined) return;
      this.version = version;
      this.last = answer;
    } catch (thrown) {
      const code = isStowageError(thrown) ? thrown.code : null;
      if (code === "not-found" && this.last) {
        if (this.last.gone === undefined) this.last = { ...this.last, gone: Date.now() / 1000 };
      } else if (code === "source-unreachable" || code === "busy" || code === "source-refused") {
        // An outage keeps what is on screen; the next change or recheck reads again.
        return;
      } else {
        this.failure = thrown instanceof Error ? thrown : new Error(String(thrown));
      }
    }
    if (!this.closed) this.onChange();
  }
}
