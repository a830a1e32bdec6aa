import type { Pool, Sql } from '../../db/pool.ts';
import { findPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import { findAccount } from '../../db/provider-accounts.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { listPages } from '../../db/provider-pages.ts';
import type { PageRow } from '../../db/provider-pages.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { impossible } from '../failure.ts';

/** A payment with everything needed to call its provider. */
export interface LoadedPayment {
  readonly payment: PaymentRow;
  readonly workspace: Workspace;
  readonly account: AccountRow;
  readonly pages: readonly PageRow[];
  /** Epoch milliseconds. The provider is asked after it. */
  readonly loadedAt: number;
}

/** @throws ApplicationFailure (final) if there is no such payment, or it has no provider account */
export function loadPayment(
  pool: Pool,
  ids: { workspaceId: string; paymentId: string },
): Promise<LoadedPayment> {
  return inWorkspace(pool, ids.workspaceId, (tx) => loadPaymentIn(tx, ids));
}

/** The same inside an open transaction. */
async function loadPaymentIn(
  tx: Sql,
  ids: { workspaceId: string; paymentId: string },
): Promise<LoadedPayment> {
  const loadedAt = Date.now();
  const payment = await findPayment(tx, ids.paymentId);
  if (payment === null || payment.accountId === null) {
    throw impossible('no_such_payment', `no payment ${ids.paymentId} with a provider in ${ids.workspaceId}`);
  }
  const account = await findAccount(tx, payment.accountId);
  const workspace = await findWorkspace(tx, ids.workspaceId);
  if (account === null || workspace === null)
    throw impossible('no_such_account', `payment ${payment.id} has lost its account`);
  const pages = await listPages(tx, payment.takenFrom ?? payment.id);
  return { payment, workspace, account, pages, loadedAt };
}
