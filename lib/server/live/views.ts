import type { Kind } from "../../kinds/kind.ts";
import { compile } from "../../query/compile.ts";
import { parse } from "../../query/parse.ts";
import type { Scope } from "../access/scope.ts";
import { scopeKey } from "../access/scope.ts";
import type { Catalog } from "../cache/catalog.ts";
import { rowOrder } from "./row-order.ts";
import { View } from "./view.ts";

export type ViewQuestion = { kind: Kind; q: string; sort: string; scopes: ReadonlyMap<string, Scope> };

/** A view that nobody looks at is kept this long, in ms: people go back, and a page's socket follows its HTML. */
const lingerMs = 10_000;

type Held = { view: View; holders: number; timer: NodeJS.Timeout | null };

/** The views there are. Viewers with the same question and the same rights share one. */
export class Views {
  private readonly catalog: Catalog;
  private readonly held = new Map<string, Held>();

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  /** A view and the function that lets go of it. Throws `bad-query` for a sort column the kind does not have. */
  hold(question: ViewQuestion): { view: View; release: () => void } {
    const { kind, q, sort, scopes } = question;
    const filter = compile(parse(q), kind);
    const scopesText = [...scopes].map(([source, scope]) => `${source}=${scopeKey(scope)}`).join(";");
    const key = JSON.stringify([kind.id, filter.normalised, sort === "" ? kind.sort : sort, scopesText]);
    let held = this.held.get(key);
    if (!held) {
      const inputs = [...scopes].map(([source, scope]) => ({ rows: this.catalog.rows(source, kind), scope }));
      held = { view: new View({ kind, inputs, filter, compare: rowOrder(kind, sort) }), holders: 0, timer: null };
      this.held.set(key, held);
    }
    return { view: held.view, release: this.holdOn(key, held) };
  }

  private holdOn(key: string, held: Held): () => void {
    held.holders += 1;
    if (held.timer) clearTimeout(held.timer);
    held.timer = null;
    let holding = true;
    return () => {
      if (!holding) return;
      holding = false;
      held.holders -= 1;
      if (held.holders > 0) return;
      held.timer = setTimeout(() => {
        this.held.delete(key);
        held.view.dispose();
      }, lingerMs);
      held.timer.unref();
    };
  }

  dispose(): void {
    for (const { view, timer } of this.held.values()) {
      if (timer) clearTimeout(timer);
      view.dispose();
    }
    this.held.clear();
  }
}
