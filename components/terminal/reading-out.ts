const key = "stowage-terminal-read-out";

/** Whether this browser's reader wants terminals as text; costs time that others need not spend. */
export function readsOut(): boolean {
  try {
    return window.localStorage.getItem(key) === "1";
  } catch {
    return false;
  }
}

export function setReadsOut(on: boolean): void {
  try {
    if (on) window.localStorage.setItem(key, "1");
    else window.localStorage.removeItem(key);
  } catch {
    // It holds for this page then.
  }
}
