import { listCreating } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Pool } from '../../db/pool.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import type { Logger } from '../../logger.ts';
import { sweepEach } from './sweep-each.ts';

const STUCK_AFTER_MS = 60_000;
const PAGE = 50;
const REACH_MS = 1_000;

interface Deps {
  readonly pool: Pool;
  readonly temporal: Temporal;
  readonly logger: Logger;
}

/**
 * Starts payments that the API stored and could not start: in `creating` for over a minute, without a workflow. Looks
 * through all of them, because during an outage of a provider most are started and only waiting.
 */
export async function startStuckPayments(deps: Deps): Promise<void> {
  await sweepEach(readCreating(deps.pool, new Date(Date.now() - STUCK_AFTER_MS)), {
    idsOf: ({ id }) => ({ paymentId: id }),
    run: (payment) => startIfLeft(deps, payment),
    mayGoOn: () => deps.temporal.isReachable(REACH_MS),
  });
}

async function* readCreating(pool: Pool, olderThan: Date): AsyncGenerator<PaymentRow, void, void> {
  let after: PaymentRow | null = null;
  for (;;) {
    const rows: PaymentRow[] = await listCreating(pool, { olderThan, after, limit: PAGE });
    yield* rows;
    after = rows.at(-1) ?? null;
    if (rows.length < PAGE) return;
  }
}

async function startIfLeft({ temporal, logger }: Deps, payment: PaymentRow): Promise<void> {
  if (await temporal.isStarted(payment)) return;
  const outcome = await start(temporal, payment);
  logger.info({ paymentId: payment.id, outcome: outcome.state }, 'started a payment that had no workflow');
}

/** A manual payment has no provider account. */
const start = (temporal: Temporal, payment: PaymentRow) =>
  payment.accountId === null ? temporal.startManualPayment(payment) : temporal.startPayment(payment);
