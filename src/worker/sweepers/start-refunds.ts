import type { Pool } from '../../db/pool.ts';
import { findPayment } from '../../db/payments.ts';
import { findRefund, listUnstartedRefunds, markRefundStarted } from '../../db/refunds.ts';
import { listUnapplied } from '../../db/review-resolutions.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { Engine } from '../../engine/engine.ts';

/** The API starts its own within this time; what a person or a vendor caused has nobody else to start it. */
const FRESH_MS = 2_000;
const AT_A_TIME = 50;
/** Only started here: nobody waits for the end. */
const START_MS = 2_000;

interface Deps {
  readonly pool: Pool;
  readonly engine: Engine;
}

/** Starts refunds, and decisions about reviews, that are written down and that no workflow is known for. */
export async function startRefunds({ pool, engine }: Deps): Promise<void> {
  const olderThan = new Date(Date.now() - FRESH_MS);
  for (const { id } of await listUnstartedRefunds(pool, olderThan, AT_A_TIME)) {
    const refund = await findRefund(pool, id);
    const payment = refund === null ? null : await findPayment(pool, refund.paymentId);
    const workspace = payment === null ? null : await findWorkspace(pool, payment.workspaceId);
    if (refund === null || payment === null || workspace === null) continue;
    const { workspaceId, paymentId, amount, currency } = refund;
    const { print } = workspace.receipt;
    const input = {
      workspaceId,
      paymentId,
      refundId: id,
      provider: payment.provider,
      amount,
      currency,
      print,
    };
    const outcome = await engine.startRefund(input, START_MS);
    if (outcome.state !== 'unavailable') await markRefundStarted(pool, id);
  }
  for (const { id, workspaceId, paymentId } of await listUnapplied(pool, olderThan, AT_A_TIME)) {
    const print = (await findWorkspace(pool, workspaceId))?.receipt.print ?? 'at_issue';
    await engine.startResolution({ workspaceId, paymentId, resolutionId: id, print }, START_MS);
  }
}
