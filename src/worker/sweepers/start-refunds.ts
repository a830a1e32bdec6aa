import type { Pool } from '../../db/pool.ts';
import { findPayment } from '../../db/payments.ts';
import { claimRefundsToRun, markRefundStarted } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { claimUnapplied } from '../../db/review-resolutions.ts';
import type { Temporal } from '../../temporal/temporal.ts';
import { sweepEach } from './sweep-each.ts';

/** Within this time the API starts its own refunds. Those of a person or a vendor are started only here. */
const FRESH_MS = 2_000;
const AT_A_TIME = 50;
/** Starts only; it does not wait for the end. */
const START_MS = 2_000;
/** Longer than starting everything that is taken at once, because it is started concurrently. */
const LEASE_SECONDS = 15;

interface Deps {
  readonly pool: Pool;
  readonly temporal: Temporal;
}

/**
 * Starts refunds and decisions about reviews that have no workflow. They are started concurrently, and no two workers
 * take the same one: one that fails does not delay the others.
 */
export async function startRefunds(deps: Deps): Promise<void> {
  const claim = {
    olderThan: new Date(Date.now() - FRESH_MS),
    leaseSeconds: LEASE_SECONDS,
    limit: AT_A_TIME,
  };
  const refunds = await claimRefundsToRun(deps.pool, claim);
  const decisions = await claimUnapplied(deps.pool, claim);
  const starts = [
    ...refunds.map((refund) => ({ ids: { refundId: refund.id }, start: () => startOne(deps, refund) })),
    ...decisions.map((one) => ({ ids: { resolutionId: one.id }, start: () => carryOut(deps, one) })),
  ];
  await sweepEach(starts, { idsOf: ({ ids }) => ids, run: ({ start }) => start(), atOnce: 2 * AT_A_TIME });
}

async function startOne({ pool, temporal }: Deps, refund: RefundRow): Promise<void> {
  const payment = await findPayment(pool, refund.paymentId);
  if (payment === null) return;
  const { id: refundId, workspaceId, paymentId, amount, currency, creditWaits: isForCredit } = refund;
  const { provider } = payment;
  const input = { workspaceId, paymentId, refundId, provider, amount, currency, isForCredit };
  const outcome = await temporal.startRefund(input, START_MS);
  if (outcome.state !== 'unavailable') await markRefundStarted(pool, refundId);
}

async function carryOut(
  { temporal }: Deps,
  { id, workspaceId, paymentId }: { id: string; workspaceId: string; paymentId: string },
): Promise<void> {
  await temporal.startResolution({ workspaceId, paymentId, resolutionId: id }, START_MS);
}
