import type { KindSchema } from "../../protocol/action-answer.ts";
import { askSchema } from "../actions/ask-actions.ts";

type Of = { readonly apiVersion: string; readonly kind: string };

/** Words that are still being typed make many kinds; only so many are asked for. */
const most = 40;

/** The schemas of one cluster, each asked for when it is first wanted. */
export class SchemaShelf {
  private readonly known = new Map<string, KindSchema | null>();
  private readonly coming = new Map<string, Promise<KindSchema | null>>();
  private readonly source: string;
  private readonly onLoaded: () => void;
  private readonly stop = new AbortController();

  /** `onLoaded` is called when another schema has come, or is known not to be there. */
  constructor(source: string, onLoaded: () => void) {
    this.source = source;
    this.onLoaded = onLoaded;
  }

  /** Null until it has come, and where there is none. */
  schema(of: Of): KindSchema | null {
    void this.whenThere(of);
    return this.known.get(keyOf(of)) ?? null;
  }

  /** Waits for it; null where there is none. */
  async whenThere({ apiVersion, kind }: Of): Promise<KindSchema | null> {
    const key = keyOf({ apiVersion, kind });
    const coming = this.coming.get(key);
    if (coming || this.coming.size >= most) return (await coming) ?? null;
    const loading = this.load(key, { apiVersion, kind });
    this.coming.set(key, loading);
    return await loading;
  }

  close(): void {
    this.stop.abort();
  }

  private async load(key: string, of: Of): Promise<KindSchema | null> {
    try {
      const { value } = await askSchema({ source: this.source, ...of }, this.stop.signal);
      this.known.set(key, value);
      this.onLoaded();
      return value;
    } catch {
      // Closed meanwhile.
      return null;
    }
  }
}

function keyOf({ apiVersion, kind }: Of): string {
  return `${apiVersion} ${kind}`;
}
