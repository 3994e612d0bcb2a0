import type { RowSource } from "../../cache/row-source.ts";
import type { Component } from "../components/component.ts";
import type { RowsOf } from "../components/measure.ts";
import { kindIdsOf } from "../components/measure.ts";

/** Keeps watched what components are made of, for as long as there are such components. */
export class HeldRows {
  private readonly rowsOf: RowsOf;
  private readonly held = new Map<string, { rows: RowSource; release: () => void }>();

  constructor(rowsOf: RowsOf) {
    this.rowsOf = rowsOf;
  }

  readonly get: RowsOf = (source, kind) => this.held.get(`${source}\n${kind}`)?.rows ?? null;

  hold(components: readonly Component[]): void {
    const wanted = new Set<string>();
    const parts = components.flatMap((component) => component.parts);
    for (const { source, kind } of parts.flatMap((part) =>
      kindIdsOf(part).map((id) => ({ source: part.source, kind: id })),
    )) {
      const key = `${source}\n${kind}`;
      wanted.add(key);
      if (this.held.has(key)) continue;
      const rows = this.rowsOf(source, kind);
      if (rows) this.held.set(key, { rows, release: rows.acquire() });
    }
    for (const [key, { release }] of this.held) {
      if (wanted.has(key)) continue;
      release();
      this.held.delete(key);
    }
  }

  release(): void {
    this.hold([]);
  }
}
