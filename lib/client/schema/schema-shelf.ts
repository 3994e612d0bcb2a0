import type { KindSchema } from "../../protocol/action-answer.ts";
import { askSchema } from "../actions/ask-actions.ts";

type Of = { readonly apiVersion: string; readonly kind: string };

/** Words that are still being typed make many kinds; only so many are asked for. */
const most = 40;

/** The schemas of one cluster, each asked for when it is first wanted. */
export class SchemaShelf {
  private readonly known = new Map<string, KindSchema | null>();
  private readonly source: string;
  private readonly onLoaded: () => void;
  private readonly stop = new AbortController();

  /** `onLoaded` is called when another schema has come, or is known not to be there. */
  constructor(source: string, onLoaded: () => void) {
    this.source = source;
    this.onLoaded = onLoaded;
  }

  /** Null until it has come, and where there is none. */
  schema({ apiVersion, kind }: Of): KindSchema | null {
    const key = `${apiVersion} ${kind}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.known.size < most) {
      this.known.set(key, null);
      void this.load(key, { apiVersion, kind });
    }
    return null;
  }

  close(): void {
    this.stop.abort();
  }

  private async load(key: string, of: Of): Promise<void> {
    try {
      const { value } = await askSchema({ source: this.source, ...of }, this.stop.signal);
      this.known.set(key, value);
      this.onLoaded();
    } catch {
      // Closed meanwhile.
    }
  }
}
