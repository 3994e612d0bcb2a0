import type { Capacity } from "../protocol/overview.ts";
import { formatBytes } from "../shared/bytes.ts";

/** An amount of a resource for reading, in at most three digits that matter: cores, bytes or a count. */
export function amountText(resource: Capacity["resource"], amount: number, locale: string): string {
  switch (resource) {
    case "cpu":
      return new Intl.NumberFormat(locale, {
        maximumSignificantDigits: amount < 100_000 ? 3 : 6,
        maximumFractionDigits: 0,
        roundingPriority: "lessPrecision",
      }).format(amount / 1000);
    case "memory":
      return formatBytes(amount);
    case "pods":
      return amount.toLocaleString(locale);
  }
}
