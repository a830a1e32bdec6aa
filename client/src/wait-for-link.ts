import type { Tashlum } from './create-tashlum.ts';
import type { components } from './description.ts';
import { pause } from './repeat.ts';

export type Payment = components['schemas']['Payment'];

/** How long a payment without a link is asked for again. */
export interface Patience {
  /** Default: a minute. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Reads a payment that was answered 202 again until it has a `link`, and returns it then. It returns the payment without a link
 * once it waits for none any more (it failed, say), and when the patience is over: look at `link` and `status`.
 */
export async function waitForLink(
  api: Pick<Tashlum, 'get'>,
  payment: Payment,
  { patienceMs = 60_000, signal }: Patience = {},
): Promise<Payment> {
  const end = Date.now() + patienceMs;
  let read = payment;
  let pauseMs = FIRST_PAUSE_MS;
  while (read.link === null && read.status === 'creating' && Date.now() + pauseMs < end) {
    await pause(pauseMs, signal);
    const params = { path: { id: payment.id } };
    read = await api.get('/v1/payments/{id}', { params, ...(signal && { signal }) });
    pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS);
  }
  return read;
}
