const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Aborted by the first Ctrl-C, SIGTERM or hang-up, so that a run can put away what it started; a second one ends it at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const [name, code] of Object.entries(exitCodes)) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(code);
      process.exitCode = code;
      controller.abort(new Error(`stopped by ${name}`));
    });
  }
  return controller.signal;
}
