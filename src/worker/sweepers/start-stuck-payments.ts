import { listCreating } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Pool } from '../../db/pool.ts';
import { findAccount } from '../../db/provider-accounts.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { Engine } from '../../engine/engine.ts';
import { toCollectInput, toSummary } from '../../engine/payment-start.ts';
import type { Logger } from '../../logger.ts';

const STUCK_AFTER_MS = 60_000;
const PAGE = 50;

interface Deps {
  readonly pool: Pool;
  readonly engine: Engine;
  readonly logger: Logger;
}

/**
 * Starts payments that the API wrote and could not start: `creating` for over a minute, and no workflow is found. Goes
 * through all of them, for in a provider's outage most are started and only waiting.
 */
export async function startStuckPayments(deps: Deps): Promise<void> {
  const olderThan = new Date(Date.now() - STUCK_AFTER_MS);
  let after: PaymentRow | null = null;
  for (;;) {
    const rows: PaymentRow[] = await listCreating(deps.pool, { olderThan, after, limit: PAGE });
    for (const payment of rows) await startIfLeft(deps, payment);
    after = rows.at(-1) ?? null;
    if (rows.length < PAGE) return;
  }
}

async function startIfLeft({ pool, engine, logger }: Deps, payment: PaymentRow): Promise<void> {
  if (await engine.isStarted(payment)) return;
  const outcome = await start({ pool, engine }, payment);
  if (outcome === null) return;
  logger.info({ paymentId: payment.id, outcome: outcome.state }, 'started a payment that had been left');
}

/** As the API starts it. Money that the business took itself has no account at a provider. */
async function start({ pool, engine }: Pick<Deps, 'pool' | 'engine'>, payment: PaymentRow) {
  const workspace = await findWorkspace(pool, payment.workspaceId);
  if (workspace === null) return null;
  if (payment.accountId === null) return engine.startManualPayment(payment, workspace.receipt.print);
  const account = await findAccount(pool, payment.accountId);
  if (account === null) return null;
  const input = toCollectInput(payment, account.options, workspace);
  return engine.startPayment(input, { summary: toSummary(payment) });
}
