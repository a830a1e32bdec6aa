import { toPageHandle, toTransactionHandle } from '../../activities/books/vendor-handles.ts';
import type { Pool } from '../../db/pool.ts';
import { findAccount } from '../../db/provider-accounts.ts';
import { listPages } from '../../db/provider-pages.ts';
import {
  claimUnacknowledged,
  markAcknowledged,
  postponeAcknowledgement,
} from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import { transaction } from '../../db/transaction.ts';
import { tell } from '../../history/tell.ts';
import type { Logger } from '../../logger.ts';
import type { Adapters } from '../../providers/adapters.ts';
import type { Secrets } from '../../secrets.ts';
import { sweepEach } from './sweep-each.ts';

const CLAIM = { leaseSeconds: 60, limit: 20 };

interface Deps {
  readonly pool: Pool;
  readonly adapters: Adapters;
  readonly secrets: Secrets;
  readonly logger: Logger;
}

/** Acknowledges charges at vendors that require it (Grow). The money was taken in any case. */
export async function acknowledgeCharges(deps: Deps): Promise<void> {
  const due = await claimUnacknowledged(deps.pool, CLAIM);
  await sweepEach(due, {
    idsOf: ({ id }) => ({ transactionId: id }),
    run: (charge) => acknowledge(deps, charge),
    atOnce: CLAIM.limit,
  });
}

async function acknowledge(deps: Deps, charge: TransactionRow): Promise<void> {
  try {
    await acknowledgeAtVendor(deps, charge);
    await markAcknowledged(deps.pool, charge.id, false);
  } catch (error) {
    const isRefused = isProviderError(error) && error.code === 'rejected';
    deps.logger.warn({ err: error, transactionId: charge.id, isRefused }, 'a charge was not acknowledged');
    if (!isRefused) return postponeAcknowledgement(deps.pool, charge.id);
    await transaction(deps.pool, async (tx) => {
      await markAcknowledged(tx, charge.id, true);
      await tell(tx, charge, {
        kind: 'acknowledge_refused',
        summary: 'The provider refused the acknowledgement of the charge: check its dashboard',
      });
    });
  }
}

async function acknowledgeAtVendor({ pool, adapters, secrets }: Deps, charge: TransactionRow): Promise<void> {
  const account = charge.accountId === null ? null : await findAccount(pool, charge.accountId);
  const workspace = await findWorkspace(pool, charge.workspaceId);
  if (account === null || workspace === null) throw new Error(`the account of ${charge.id} is gone`);
  const [page] = await listPages(pool, charge.paymentId);
  await adapters.payment(account, workspace.mode).acknowledge?.({
    ...toTransactionHandle(secrets, charge),
    page: page === undefined ? null : toPageHandle(secrets, page),
  });
}
