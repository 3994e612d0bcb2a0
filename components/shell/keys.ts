/** Whether a key press is meant for the page: not typed into a field, not while a dialog is open, not with a modifier. */
export function isForPage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("input, textarea, select, [contenteditable], dialog, [popover]")) return false;
  return document.querySelector("dialog:modal") === null;
}
