/**
 * Runs what makes `<style>` elements so that the content security policy lets them be: each gets the page's nonce when it is made,
 * since one that gets it after it was put into the page stays empty. xterm knows of no nonce; it makes its elements while it opens.
 */
export function withNoncedStyles<T>(work: () => T): T {
  const nonce = document.querySelector<HTMLElement>("script[nonce]")?.nonce;
  if (!nonce) return work();
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
  try {
    return work();
  } finally {
    // The prototype's own is behind it.
    Reflect.deleteProperty(document, "createElement");
  }
}
