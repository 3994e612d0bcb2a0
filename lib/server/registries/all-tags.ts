import type { Page, Registry } from "./registry.ts";

const atOnce = 1_000;
/** Pages that are read for one list, so that it can be ordered. */
const mostPages = 5;

/** The tags of a repository as the registry lists them, as many as one list shows. */
export async function allTags(
  registry: Pick<Registry, "tags">,
  repository: string,
  after: string | null,
  signal?: AbortSignal,
): Promise<{ tags: string[]; next: string | null }> {
  const tags: string[] = [];
  let next: string | null = after;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page: Page = await registry.tags(repository, next, atOnce, signal);
    tags.push(...page.names);
    next = page.next;
    if (next === null) break;
  }
  return { tags, next };
}
