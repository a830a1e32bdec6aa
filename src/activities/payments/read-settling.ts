import { readBooks } from '../../db/books.ts';
import { findManualPayment } from '../../db/manual-payments.ts';
import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { findActiveAccount } from '../../db/provider-accounts.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { listCharges } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { listTaxProfiles } from '../../db/tax-profiles.ts';
import { shareWorkspace } from '../../db/workspaces.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import type { Day } from '../../domain/calendar.ts';
import type { Books } from '../../domain/standing.ts';
import type { TaxProfile } from '../../domain/workspace.ts';
import { impossible } from '../failure.ts';

/** Everything that a payment is settled from. */
export interface Settling {
  readonly payment: PaymentRow;
  readonly books: Books;
  /** Charges that succeeded and were not moved to another payment, oldest first. */
  readonly charges: readonly TransactionRow[];
  readonly workspace: WorkspaceRow;
  readonly profiles: readonly TaxProfile[];
  /** The active invoice service; null if there is none. */
  readonly invoiceAccount: AccountRow | null;
  /** The day of the tax invoice of post-dated cheques: until then there is a receipt alone. Null for all other money. */
  readonly invoiceDueOn: Day | null;
}

/**
 * Reads it in one round trip, and how money that came by hand was recorded in another. The first statement locks the payment, so that the others see what an earlier
 * transaction wrote. The settings of the workspace stay as they are until the transaction ends.
 * @throws ApplicationFailure (final) if there is no such payment or workspace
 */
export async function readSettling(
  tx: Sql,
  { workspaceId, paymentId }: { readonly workspaceId: string; readonly paymentId: string },
): Promise<Settling> {
  const [payment, books, charges, workspace, profiles, invoiceAccount] = await Promise.all([
    lockPayment(tx, paymentId),
    readBooks(tx, paymentId),
    listCharges(tx, paymentId),
    shareWorkspace(tx, workspaceId),
    listTaxProfiles(tx, workspaceId),
    findActiveAccount(tx, workspaceId, 'invoice'),
  ]);
  if (payment === null) throw impossible('no_such_payment', `no payment ${paymentId}`);
  if (workspace === null) throw impossible('no_such_workspace', `no workspace ${workspaceId}`);
  const manual = payment.provider === 'manual' ? await findManualPayment(tx, paymentId) : null;
  const invoiceDueOn = manual?.invoiceDueOn ?? null;
  return { payment, books, charges, workspace, profiles, invoiceAccount, invoiceDueOn };
}
