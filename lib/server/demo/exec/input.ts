/** What a program reads: text comes in pieces, is read by lines or to its end, and ends. */
export class Input {
  private text = "";
  private ended = false;
  private waiting: (() => void) | null = null;

  push(text: string): void {
    if (!this.ended) this.text += text;
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  /** Forgets what nobody has read. */
  clear(): void {
    this.text = "";
  }

  /** The next line without its end; null when there is none any more, or when it was called off. */
  async line(signal: AbortSignal): Promise<string | null> {
    for (;;) {
      if (signal.aborted) return null;
      // Ctrl-D on an empty line ends what reads now, and not what reads next.
      if (this.text.startsWith("\u0004")) {
        this.text = this.text.slice(1);
        return null;
      }
      const end = this.text.indexOf("\n");
      if (end >= 0) {
        const line = this.text.slice(0, end);
        this.text = this.text.slice(end + 1);
        return line;
      }
      if (this.ended) {
        const rest = this.text;
        this.text = "";
        return rest === "" ? null : rest;
      }
      await this.more(signal);
    }
  }

  private async more(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.waiting = resolve;
    signal.addEventListener("abort", () => resolve(), { once: true });
    await promise;
  }

  private wake(): void {
    this.waiting?.();
    this.waiting = null;
  }
}
