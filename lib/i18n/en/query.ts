/** What a problem of lib/query says of itself: the key and the text that are meant, and the bound that was passed. */
type About = { key: string; text: string; limit: number };
/** What a described term is made of: the column's title, its values already joined by `or`. */
type Said = { key: string; values: string; negated: boolean };

const not = (negated: boolean) => (negated ? "not " : "");

export const query = {
  label: "Filter",
  placeholder: "Filter: words, status:Running, cpu>500m, age<1h …",
  clear: "Clear the filter",
  understood: "Understood as",
  everything: "Everything: no filter is set.",
  matchesNothing: "A part of this filter was not understood, so it matches nothing.",
  fix: ({ suggestion }: { suggestion: string }) => `Did you mean ${suggestion}?`,
  keys: "Keys",
  values: "Values",
  help: "How to write a filter",
  not: "not",
  or: "or",

  problems: {
    "too-long": ({ limit }: About) => `A filter may be at most ${limit} characters long.`,
    "too-many-terms": ({ limit }: About) => `A filter may have at most ${limit} terms.`,
    "too-many-values": ({ key, limit }: About) => `“${key}” may list at most ${limit} values.`,
    "unclosed-quote": ({ text }: About) => `The quote in ${text} is not closed; it was read up to the end.`,
    "boolean-word": ({ text }: About) =>
      `“${text}” is looked for as a word. All terms have to hold; any of several values is key:a,b, and - before a term excludes it.`,
    "stray-value": ({ key }: About) => `“${key}:” with a space behind it finds what has no ${key}.`,
    "unknown-key": ({ key }: About) => `There is no “${key}” here to filter by.`,
    "not-in-filter": ({ key }: About) =>
      `“${key}” is not part of a filter: sources, sorting and columns are chosen beside it.`,
    "missing-value": ({ key }: About) => `“${key}” is compared with nothing; a value is missing.`,
    "one-value-only": ({ key }: About) => `“${key}” can be compared with one value only.`,
    "no-order": ({ key }: About) => `“${key}” has no order; < and > work on numbers, CPU, bytes and times.`,
    "bad-number": ({ key, text }: About) => `${text} is not a number; “${key}” is compared with numbers like 5.`,
    "bad-cpu": ({ key, text }: About) => `${text} is not an amount of CPU; “${key}” is written like 500m or 1.5.`,
    "bad-bytes": ({ key, text }: About) => `${text} is not an amount of bytes; “${key}” is written like 512Mi or 2G.`,
    "bad-time": ({ key, text }: About) =>
      `${text} is not a time; “${key}” is written like 90s, 2d12h, 2026-11-24 or 2026-11-24T12:04Z.`,
    "unknown-health": ({ text }: About) =>
      `${text} is not a state of health: failing, warning, unknown, starting, done and ok are.`,
  },

  relations: {
    contains: ({ values, negated }: Said) => `does ${negated ? "not contain" : "contain"} “${values}”`,
    is: ({ key, values, negated }: Said) => `${key} is ${not(negated)}${values}`,
    has: ({ key, values, negated }: Said) => `${key} ${negated ? "do not have" : "have"} ${values}`,
    empty: ({ key, negated }: Said) => `${key} is ${not(negated)}empty`,
    set: ({ key, negated }: Said) => `${key} is ${not(negated)}set`,
    more: ({ key, values, negated }: Said) => `${key} is ${not(negated)}more than ${values}`,
    "at-least": ({ key, values, negated }: Said) => `${key} is ${not(negated)}${values} or more`,
    less: ({ key, values, negated }: Said) => `${key} is ${not(negated)}less than ${values}`,
    "at-most": ({ key, values, negated }: Said) => `${key} is ${not(negated)}${values} or less`,
    older: ({ key, values, negated }: Said) => `${key} is ${not(negated)}longer ago than ${values}`,
    "at-least-old": ({ key, values, negated }: Said) => `${key} is ${not(negated)}${values} ago or longer`,
    younger: ({ key, values, negated }: Said) => `${key} is ${not(negated)}less than ${values} ago`,
    "at-most-old": ({ key, values, negated }: Said) => `${key} is ${not(negated)}${values} ago or less`,
    after: ({ key, values, negated }: Said) => `${key} is ${not(negated)}after ${values}`,
    since: ({ key, values, negated }: Said) => `${key} is ${not(negated)}${values} or later`,
    before: ({ key, values, negated }: Said) => `${key} is ${not(negated)}before ${values}`,
    until: ({ key, values, negated }: Said) => `${key} is ${not(negated)}${values} or earlier`,
  },
};
