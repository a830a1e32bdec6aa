/** Aborted when a person or the system asks this process to stop: Ctrl-C, SIGTERM, a closed terminal. */
export const createStopRequest = (): AbortSignal => {
  const request = new AbortController();
  // Stays installed: npm passes a Ctrl-C on that the terminal has sent already, and stopping must not be cut short by it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => request.abort());
  // A reader that went away (a closed terminal, `| head`) is no reason to leave children behind.
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
