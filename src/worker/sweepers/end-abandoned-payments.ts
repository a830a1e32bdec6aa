import { listPastExpiry } from '../../db/payments.ts';
import type { Pool } from '../../db/pool.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import type { Logger } from '../../logger.ts';
import { LONG_OVER_MS } from '../../workflows/messages.ts';
import { sweepEach } from './sweep-each.ts';

const AT_A_TIME = 50;
/** Starts only; it does not wait for the end. */
const START_MS = 2_000;
const REACH_MS = 1_000;

interface Deps {
  readonly pool: Pool;
  readonly temporal: Pick<Temporal, 'isRunning' | 'isReachable' | 'checkLate'>;
  readonly logger: Logger;
}

/**
 * Ends open payments that are long past their expiry and have no workflow: a person held their money, and it was
 * refunded. The provider is asked once more first. Each sweep handles a few, one after the other. In an outage of a
 * provider many payments are past their expiry and still wait for its answer.
 */
export function createEndAbandonedPayments({ pool, temporal, logger }: Deps) {
  let after: { readonly expiresAt: Date; readonly id: string } | null = null;
  return async function endAbandonedPayments(): Promise<void> {
    const until = new Date(Date.now() - LONG_OVER_MS);
    const payments = await listPastExpiry(pool, { until, after, limit: AT_A_TIME });
    after = payments.length < AT_A_TIME ? null : (payments.at(-1) ?? null);
    await sweepEach(payments, {
      idsOf: ({ id }) => ({ paymentId: id }),
      run: ({ id, workspaceId }) => endIfAbandoned({ id, workspaceId }),
      mayGoOn: () => temporal.isReachable(REACH_MS),
    });
  };

  async function endIfAbandoned(payment: {
    readonly id: string;
    readonly workspaceId: string;
  }): Promise<void> {
    if (await temporal.isRunning(payment)) return;
    logger.info(
      { paymentId: payment.id },
      'an open payment without a workflow is past its expiry: it is being ended',
    );
    await temporal.checkLate(payment, START_MS);
  }
}
