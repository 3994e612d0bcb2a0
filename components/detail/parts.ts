import type { Messages } from "@/lib/i18n/en";
import { sideOf } from "@/lib/kinds/kind";
import type { Kind, Section, SourceType } from "@/lib/kinds/kind";
import type { KubeObject } from "@/lib/protocol/object";

/** One part of a detail page. */
export type Part = {
  /** Element id, and where a link within the page leads. */
  id: string;
  title: string;
  section: Section | { type: "shell" } | { type: "yaml" } | { type: "terminal" };
  /** Facts stand beside what is wide, where there is room. */
  column: "main" | "side";
  /** Place on a page with one column: as the kind names its sections. */
  order: number;
  /** What a related table is filtered by. */
  q: string | null;
};

/** The parts of an object's page in their order. A related table that the object has no filter for is left out. */
export function partsOf(kind: Kind, type: SourceType, object: KubeObject | null, m: Messages): Part[] {
  const { sections } = sideOf(kind, type) ?? kind;
  const parts = sections.flatMap((section, order): Part[] => {
    const q = section.type === "related" ? (object ? section.q(object) : null) : null;
    if (section.type === "related" && q === null) return [];
    if (section.type === "lines" && (!object || section.lines(object).length === 0)) return [];
    const titled = "title" in section ? section.title : section.type;
    const id = section.type === "related" ? `related-${section.kind.split(".")[0] ?? ""}` : titled;
    const side = section.type === "facts" || section.type === "labels";
    return [{ id, title: m.sections[titled], section, column: side ? "side" : "main", order, q }];
  });
  // What every page ends with, and before it a shell where there can be one.
  const hasShell = kind.id === "pods" || kind.id === "containers";
  const types = hasShell ? (["shell"] as const) : [];
  const last = ([...types, "yaml", "terminal"] as const).map((each, place): Part => {
    return {
      id: each,
      title: each === "shell" ? m.terminal.title : m.detail[each].title,
      section: { type: each },
      column: "main",
      order: sections.length + place,
      q: null,
    };
  });
  return [...parts, ...last];
}
