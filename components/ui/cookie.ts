/** Remembers a choice of how the page looks, for a year. The server reads it, so that the first HTML is already right. */
export function setCookie(name: string, value: string): void {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`;
}
