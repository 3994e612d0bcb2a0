const start = Date.now();
let quiet = false;

/** Tests that start clusters by the dozen silence the lines; the CLI shows them. */
export function silenceProgress(): void {
  quiet = true;
}

/** One line on stderr with the seconds since this process began: stdout stays free for answers (a path, JSON). */
export function report(line: string): void {
  if (!quiet) process.stderr.write(`[${((Date.now() - start) / 1000).toFixed(1).padStart(6)}s] ${line}\n`);
}

/** Reports every `everySeconds` while `work` runs, so that a quiet ten minutes do not look like a hang. */
export async function withHeartbeat<T>(
  line: (seconds: number) => string,
  work: Promise<T>,
  everySeconds = 20,
): Promise<T> {
  const began = Date.now();
  const timer = setInterval(() => report(line(Math.round((Date.now() - began) / 1000))), everySeconds * 1000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
