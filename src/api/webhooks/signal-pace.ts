/** One process signals a payment at most once in this time. */
const APART_MS = 1_000;

/**
 * Limits the signals of a payment with hundreds of webhooks, because all of them stay in the history of its workflow.
 * The first one is signalled at once. Of those within the next second, one is signalled at its end, because the
 * payment's next question answers all of its open rows. If the process dies, the sweeper signals the rest.
 */
export function createSignalPace(later: (ms: number, run: () => void) => void = unrefTimer) {
  /** Payments signalled within the last second, with the next signal of each. */
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
