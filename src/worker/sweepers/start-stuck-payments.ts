import { listNeverStarted } from '../../db/payments.ts';
import type { Pool } from '../../db/pool.ts';
import { findAccount } from '../../db/provider-accounts.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { Engine } from '../../engine/engine.ts';
import { toCollectInput, toSummary } from '../../engine/payment-start.ts';
import type { Logger } from '../../logger.ts';

const STUCK_AFTER_MS = 60_000;
const AT_ONCE = 50;

/** Starts payments that the API wrote and could not start: `creating` for over a minute, and no workflow is found. */
export async function startStuckPayments(deps: {
  pool: Pool;
  engine: Engine;
  logger: Logger;
}): Promise<void> {
  for (const payment of await listNeverStarted(deps.pool, new Date(Date.now() - STUCK_AFTER_MS), AT_ONCE)) {
    if (await deps.engine.isStarted(payment)) continue;
    const account = payment.accountId === null ? null : await findAccount(deps.pool, payment.accountId);
    const workspace = await findWorkspace(deps.pool, payment.workspaceId);
    if (account === null || workspace === null) continue;
    const outcome = await deps.engine.startPayment(toCollectInput(payment, account.options, workspace), {
      summary: toSummary(payment),
    });
    deps.logger.info(
      { paymentId: payment.id, outcome: outcome.state },
      'started a payment that had been left',
    );
  }
}
