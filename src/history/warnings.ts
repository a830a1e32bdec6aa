import type { Sql } from '../db/pool.ts';
import { WARNING_SENTENCES } from '../domain/payment-warnings.ts';
import type { PaymentWarning } from '../domain/payment-warnings.ts';
import { tell } from './tell.ts';

/** Tells of warnings that a payment did not have before: a line of the timeline and an event. Of none, nothing. */
export async function tellWarnings(
  tx: Sql,
  owner: Parameters<typeof tell>[1],
  warnings: readonly PaymentWarning[],
): Promise<void> {
  if (warnings.length === 0) return;
  await tell(tx, owner, {
    kind: 'warned',
    summary: warnings.map((warning) => WARNING_SENTENCES[warning]).join(' '),
    events: [{ type: 'payment.warned', facts: { warnings: [...warnings] } }],
  });
}
