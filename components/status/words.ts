/** What is said in both languages; Korean is left out where nobody wrote any. */
export function words(english: string, korean: string): { en: string; ko?: string } {
  return korean.trim() === "" ? { en: english } : { en: english, ko: korean };
}
