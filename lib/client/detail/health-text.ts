import type { Messages } from "../../i18n/en.ts";
import type { Sentence } from "../../kinds/kind.ts";

/** The words of a health sentence in a language. What the cluster said in it is not yet made visible. */
export function healthText(sentence: Sentence, m: Messages): string {
  // Each key's values fit its own function; over all keys together the compiler cannot see it.
  const words = m.health[sentence.key] as string | ((values: unknown) => string);
  return typeof words === "string" ? words : words("values" in sentence ? sentence.values : {});
}
