/** Hands a text to the browser as a file to keep. `parts` are put together without another copy of the whole. */
export function saveText(parts: string[], name: string, type: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName(name);
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Names come from a cluster: only what every file system takes stays of them. */
export function fileName(name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9._-]+/g, "_").replace(/^[.-]+/, "");
  return safe === "" ? "stowage" : safe.slice(-120);
}
