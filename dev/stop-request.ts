/** Aborted when a person or the system asks this process to stop: Ctrl-C, SIGTERM, a closed terminal. */
export const createStopRequest = (): AbortSignal => {
  const request = new AbortController();
  // Stays installed: npm passes on a Ctrl-C that the terminal has already sent, and it must not interrupt the
  // stopping.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => request.abort());
  // A closed reader (a closed terminal, `| head`) must not leave children behind.
  process.stdout.on('error', () => request.abort());
  process.stderr.on('error', () => request.abort());
  return request.signal;
};

/** Resolves once the signal is aborted. */
export const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
