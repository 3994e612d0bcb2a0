import "@xterm/xterm/css/xterm.css";

import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";

import type { Found } from "@/lib/client/terminal/find-text";
import { findText } from "@/lib/client/terminal/find-text";
import type { Screen } from "@/lib/client/terminal/terminal-session";

import { withNoncedStyles } from "./nonced-styles";
import { terminalTheme } from "./terminal-theme";

export type ScreenOptions = {
  /** Names the field that takes the keys, and says how to leave it. */
  label: string;
  screenReader: boolean;
  /** What was typed, pasted or answered. */
  onBytes: (bytes: Uint8Array) => void;
  onSize: (cols: number, rows: number) => void;
  /** Keys that are not the shell's. */
  onLeave: () => void;
  onFind: () => void;
  onCopy: () => void;
};

/** An xterm in the page, in its colours. */
export type TerminalScreen = Screen & {
  focus(): void;
  /** The element whose text is read out with the label. */
  describe(id: string): void;
  paste(text: string): void;
  readonly selection: string;
  find(text: string, way: "next" | "previous"): boolean;
  readOut(on: boolean): void;
  dispose(): void;
};

const scrollback = 5_000;

export function openScreen(host: HTMLElement, options: ScreenOptions): TerminalScreen {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const term = new Terminal({
    fontFamily: getComputedStyle(host).fontFamily,
    fontSize: 13,
    lineHeight: 1.15,
    scrollback,
    cursorBlink: !calm,
    screenReaderMode: options.screenReader,
    // Whatever colours a program chooses, its words can be read.
    minimumContrastRatio: 4.5,
    theme: terminalTheme(host),
  });
  const fit = new FitAddon();
  term.loadAddon(fit);
  withNoncedStyles(() => term.open(host));
  term.textarea?.setAttribute("aria-label", options.label);
  fit.fit();

  const encoder = new TextEncoder();
  term.onData((text) => options.onBytes(encoder.encode(text)));
  // Positions of the mouse in the old way are bytes, and no text.
  term.onBinary((text) => options.onBytes(Uint8Array.from(text, (character) => character.charCodeAt(0))));
  term.onResize(({ cols, rows }) => options.onSize(cols, rows));
  term.attachCustomKeyEventHandler((event) => !takesKey(event, options, term));

  const sizes = new ResizeObserver(() => {
    if (host.offsetParent !== null) fit.fit();
  });
  sizes.observe(host);
  const stopThemes = onThemeChange(() => (term.options.theme = terminalTheme(host)));
  // Letters are measured again once the page's own are there.
  void document.fonts.ready.then(() => fit.fit());

  let found: Found | null = null;
  return {
    write: (bytes, drawn) => term.write(bytes, drawn),
    // In order with what was written before it, as `term.reset()` would not be.
    reset: () => term.write("\u001bc\u001b[3J"),
    get cols() {
      return term.cols;
    },
    get rows() {
      return term.rows;
    },
    focus: () => term.focus(),
    describe: (id) => term.textarea?.setAttribute("aria-describedby", id),
    paste: (text) => term.paste(text),
    get selection() {
      return term.getSelection();
    },
    find(text, way) {
      const buffer = term.buffer.active;
      const lines = {
        length: buffer.length,
        line: (row: number) => buffer.getLine(row)?.translateToString(true) ?? "",
      };
      found = findText(lines, text, found, way);
      if (!found) {
        term.clearSelection();
        return false;
      }
      term.select(found.column, found.row, found.length);
      term.scrollToLine(Math.max(0, found.row - Math.floor(term.rows / 2)));
      return true;
    },
    readOut: (on) => (term.options.screenReaderMode = on),
    dispose() {
      sizes.disconnect();
      stopThemes();
      term.dispose();
    },
  };
}

/** Whether a key press is not the shell's: it is then done with. */
function takesKey(event: KeyboardEvent, options: ScreenOptions, term: Terminal): boolean {
  if (!event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return false;
  const actions: Record<string, () => void> = {
    KeyL: options.onLeave,
    KeyF: options.onFind,
    KeyC: options.onCopy,
  };
  const act = Object.hasOwn(actions, event.code) ? actions[event.code] : undefined;
  // The browser pastes by itself when nobody takes the key.
  if (event.code === "KeyV") return true;
  if (!act || (event.code === "KeyC" && !term.hasSelection())) return false;
  event.preventDefault();
  if (event.type === "keydown") act();
  return true;
}

/** The theme's cookie turns the root's attribute, the system turns its own. */
function onThemeChange(changed: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = new MutationObserver(changed);
  root.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  system.addEventListener("change", changed);
  return () => {
    root.disconnect();
    system.removeEventListener("change", changed);
  };
}
