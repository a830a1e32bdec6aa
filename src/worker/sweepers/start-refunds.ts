import type { Pool } from '../../db/pool.ts';
import { findPayment } from '../../db/payments.ts';
import { findRefund, listUnstartedRefunds, markRefundStarted } from '../../db/refunds.ts';
import { listUnapplied } from '../../db/review-resolutions.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { PrintPolicy } from '../../domain/workspace.ts';
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
export async function startRefunds(deps: Deps): Promise<void> {
  const olderThan = new Date(Date.now() - FRESH_MS);
  for (const { id } of await listUnstartedRefunds(deps.pool, olderThan, AT_A_TIME)) await startOne(deps, id);
  for (const decision of await listUnapplied(deps.pool, olderThan, AT_A_TIME)) await carryOut(deps, decision);
}

async function startOne({ pool, engine }: Deps, refundId: string): Promise<void> {
  const refund = await findRefund(pool, refundId);
  const payment = refund === null ? null : await findPayment(pool, refund.paymentId);
  if (refund === null || payment === null) return;
  const { workspaceId, paymentId, amount, currency } = refund;
  const { provider } = payment;
  const print = await printPolicyOf(pool, workspaceId);
  const input = { workspaceId, paymentId, refundId, provider, amount, currency, print };
  const outcome = await engine.startRefund(input, START_MS);
  if (outcome.state !== 'unavailable') await markRefundStarted(pool, refundId);
}

async function carryOut(
  { pool, engine }: Deps,
  { id, workspaceId, paymentId }: { id: string; workspaceId: string; paymentId: string },
): Promise<void> {
  const print = await printPolicyOf(pool, workspaceId);
  await engine.startResolution({ workspaceId, paymentId, resolutionId: id, print }, START_MS);
}

async function printPolicyOf(pool: Pool, workspaceId: string): Promise<PrintPolicy> {
  return (await findWorkspace(pool, workspaceId))?.receipt.print ?? 'at_issue';
}
