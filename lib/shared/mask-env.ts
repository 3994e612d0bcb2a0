/** What stands in for a value that is not told. */
export const masked = "••••••";

const secretName =
  /pass(?:word|wd|phrase)?|pwd|secret|token|credential|api_?key|private|access_?key|auth(?!or)|signing|salt|dsn|session_?key|encryption/i;
/** An address with somebody's password in it. */
const withPassword = /^([a-z][\w+.-]*:\/\/[^/?#@:]*:)[^@/?#]+@/i;

/** `NAME=value` with the value masked where the name looks like a secret's, or the password in it where it is an address. */
export function maskEnv(entry: string): string {
  const at = entry.indexOf("=");
  if (at < 0) return entry;
  const [name, value] = [entry.slice(0, at), entry.slice(at + 1)];
  if (value === "") return entry;
  if (secretName.test(name)) return `${name}=${masked}`;
  return `${name}=${value.replace(withPassword, `$1${masked}@`)}`;
}
