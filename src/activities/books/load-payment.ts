import type { Pool } from '../../db/pool.ts';
import { findPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import { findAccountOfPayment } from '../../db/provider-accounts.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { listPages } from '../../db/provider-pages.ts';
import type { PageRow } from '../../db/provider-pages.ts';
import { listTransactionsUnderId } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { inOneTrip } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { impossible } from '../failure.ts';

/** A payment with everything needed to call its provider. */
export interface LoadedPayment {
  readonly payment: PaymentRow;
  readonly workspace: Workspace;
  readonly account: AccountRow;
  /** Of a payment made from a second charge: the pages of the payment whose charge it was. */
  readonly pages: readonly PageRow[];
  /** All that the vendor has under its id, also of payments made from its other charges. */
  readonly transactions: readonly TransactionRow[];
  /** Epoch milliseconds. The provider is asked after it. */
  readonly loadedAt: number;
}

/** @throws ApplicationFailure (final) if there is no such payment, or it has no provider account */
export async function loadPayment(
  pool: Pool,
  { workspaceId, paymentId }: { workspaceId: string; paymentId: string },
): Promise<LoadedPayment> {
  const loadedAt = Date.now();
  const [payment, account, workspace, pages, transactions] = await inOneTrip(pool, workspaceId, (tx) => [
    findPayment(tx, paymentId),
    findAccountOfPayment(tx, paymentId),
    findWorkspace(tx, workspaceId),
    listPages(tx, paymentId),
    listTransactionsUnderId(tx, paymentId),
  ]);
  if (payment === null || payment.accountId === null)
    throw impossible('no_such_payment', `no payment ${paymentId} with a provider in ${workspaceId}`);
  if (account === null || workspace === null)
    throw impossible('no_such_account', `payment ${payment.id} has lost its account`);
  return { payment, workspace, account, pages, transactions, loadedAt };
}
