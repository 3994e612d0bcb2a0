const maxLength = 2_000;

/** A path of our own to go to after signing in, from what an address or a form says; `/` for anything that leads elsewhere. */
export function returnPath(asked: unknown): string {
  if (typeof asked !== "string" || asked.length > maxLength || !/^\/(?![/\\])/.test(asked)) return "/";
  const base = "http://own.invalid";
  const url = URL.parse(asked, base);
  // The parser drops tabs and line ends: what is written now is looked at, not what was sent.
  if (url?.origin !== base || url.pathname.startsWith("//")) return "/";
  return /^\/(login|setup|api)(\/|$)/.test(url.pathname) ? "/" : `${url.pathname}${url.search}`;
}
