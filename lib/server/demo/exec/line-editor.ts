/** What a terminal does with keys before a program reads them. */
export type Edited = {
  /** To be shown. */
  echo(text: string): void;
  /** A line was finished; it ends with a newline. */
  line(text: string): void;
  interrupt(): void;
  endOfInput(): void;
};

const maxLine = 4_096;

/** A terminal's line: echoes, deletes, remembers what was typed before, and hands over whole lines. */
export class LineEditor {
  private readonly to: Edited;
  private letters: string[] = [];
  private escape = "";
  private readonly history: string[] = [];
  private place = 0;

  constructor(to: Edited) {
    this.to = to;
  }

  type(keys: string): void {
    for (const key of keys) this.key(key);
  }

  private key(key: string): void {
    if (this.escape !== "") return this.sequence(key);
    switch (key) {
      case "\u001b":
        this.escape = key;
        return;
      case "\r":
      case "\n":
        return this.finish();
      case "\u007f":
      case "\b":
        if (this.letters.pop() !== undefined) this.to.echo("\b \b");
        return;
      case "\u0003":
        this.letters = [];
        this.to.echo("^C\n");
        return this.to.interrupt();
      case "\u0004":
        if (this.letters.length === 0) this.to.endOfInput();
        return;
      case "\u0015":
        return this.replace("");
      case "\u0017":
        return this.replace(this.letters.join("").replace(/\S*\s*$/, ""));
      default:
        if (key < " " || this.letters.length >= maxLine) return;
        this.letters.push(key);
        this.to.echo(key);
    }
  }

  private finish(): void {
    const text = this.letters.join("");
    this.letters = [];
    if (text !== "" && text !== this.history.at(-1)) this.history.push(text);
    if (this.history.length > 200) this.history.shift();
    this.place = this.history.length;
    this.to.echo("\n");
    this.to.line(`${text}\n`);
  }

  /** Up and down go through what was typed before; other keys of this sort do nothing. */
  private sequence(key: string): void {
    this.escape += key;
    if (this.escape === "\u001b[" || this.escape === "\u001bO") return;
    if (/^\u001b\[[\d;]*$/.test(this.escape) && this.escape.length < 16) return;
    const step = key === "A" ? -1 : key === "B" ? 1 : 0;
    this.escape = "";
    if (step === 0) return;
    this.place = Math.max(0, Math.min(this.history.length, this.place + step));
    this.replace(this.history[this.place] ?? "");
  }

  private replace(text: string): void {
    this.to.echo("\b \b".repeat(this.letters.length) + text);
    this.letters = Array.from(text);
  }
}
