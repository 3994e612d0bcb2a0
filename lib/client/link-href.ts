import type { CellLink } from "../kinds/kind.ts";
import { hrefOf } from "../protocol/ref.ts";
import { imagePage } from "../shared/registry-address.ts";

/** Where a link of a row or page of this source leads; null where there is no such page, as for an image that has no name. */
export function linkHref(link: CellLink, source: string): string | null {
  if ("kind" in link) return hrefOf({ ...link, source });
  return imagePage(link.image, link.imageId, link.podPath === null ? null : `${source}/${link.podPath}`);
}
