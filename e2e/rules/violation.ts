/** One file that breaks one rule. `rule` is its name as the checker prints it; `beside` are files that keep the rules. */
export type Violation = { rule: string; path: string; text: string; beside: Record<string, string> };

export function breaks(rule: string, path: string, text: string, beside: Record<string, string> = {}): Violation {
  return { rule, path, text, beside };
}
