/** One process signals a payment at most this often. */
const APART_MS = 1_000;

/**
 * Keeps a payment that gets news by the hundred from drowning in signals, which all stay in its workflow's history. The
 * first news is told at once; of what follows within a second one is told at its end, for a payment's next question
 * answers all of its open rows. What a process that dies has not told is the sweeper's.
 */
export function createSignalPace(later: (ms: number, run: () => void) => void = unrefTimer) {
  /** Payments told within the last second, with what is to be told next. */
  const told = new Map<string, (() => void) | null>();

  function tell(paymentId: string, signal: () => void): void {
    if (told.has(paymentId)) {
      if (told.get(paymentId) === null) told.set(paymentId, signal);
      return;
    }
    told.set(paymentId, null);
    signal();
    later(APART_MS, () => {
      const next = told.get(paymentId);
      told.delete(paymentId);
      if (next) tell(paymentId, next);
    });
  }
  return { tell };
}

const unrefTimer = (ms: number, run: () => void): void => void setTimeout(run, ms).unref();
