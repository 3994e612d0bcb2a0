import type { ITheme } from "@xterm/xterm";

const ansi = [
  "black",
  "red",
  "green",
  "yellow",
  "blue",
  "magenta",
  "cyan",
  "white",
  "brightBlack",
  "brightRed",
  "brightGreen",
  "brightYellow",
  "brightBlue",
  "brightMagenta",
  "brightCyan",
  "brightWhite",
] as const;

/** The page's colours as xterm takes them: what the theme's variables come to on this element, now. */
export function terminalTheme(host: HTMLElement): ITheme {
  const colorOf = colorReader(host);
  const theme: ITheme = {
    background: colorOf("var(--surface)"),
    foreground: colorOf("var(--text)"),
    cursor: colorOf("var(--accent)"),
    cursorAccent: colorOf("var(--surface)"),
    selectionBackground: colorOf("color-mix(in oklab, var(--accent) 32%, var(--surface))"),
    selectionInactiveBackground: colorOf("color-mix(in oklab, var(--accent) 18%, var(--surface))"),
    scrollbarSliderBackground: colorOf("var(--line-strong)"),
    scrollbarSliderHoverBackground: colorOf("var(--control)"),
    scrollbarSliderActiveBackground: colorOf("var(--control)"),
  };
  for (const [index, name] of ansi.entries()) theme[name] = colorOf(`var(--ansi-${index})`);
  return theme;
}

/** Reads any CSS colour as `#rrggbb`: the browser mixes and converts it, a canvas says what came of it. */
function colorReader(host: HTMLElement): (color: string) => string {
  const probe = document.createElement("span");
  host.append(probe);
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return (color) => {
    probe.style.color = color;
    if (!pixel) return "#808080";
    pixel.fillStyle = getComputedStyle(probe).color;
    pixel.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = pixel.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };
}
