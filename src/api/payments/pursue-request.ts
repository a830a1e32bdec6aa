import { findOwedSince, markNudged } from '../../db/payment-requests.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ApiContext } from '../context.ts';

/** Tells the workflow that watches the time of a payment request. While Temporal is down, the sweeper does. */
export async function pursueRequest(
  { pool, temporal, logger }: ApiContext,
  ids: { readonly workspaceId: string; readonly paymentId: string },
): Promise<void> {
  const { workspaceId, paymentId } = ids;
  try {
    const owedSince = await inWorkspace(pool, workspaceId, (tx) => findOwedSince(tx, paymentId));
    if (owedSince === null) return;
    await temporal.pursueRequest(ids);
    await inWorkspace(pool, workspaceId, (tx) => markNudged(tx, paymentId, owedSince));
  } catch (error) {
    logger.warn({ err: error, paymentId }, 'the sweeper will send a payment request');
  }
}
