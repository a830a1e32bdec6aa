import { hasOtherHabit } from '../habits.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Fields, Transaction } from '../ledger/records.ts';
import type { Deal } from '../vendor.ts';
import { cancellationOf, isCancelled } from './cancel.ts';
import { partsOf } from './parts.ts';
import { toNested } from './transaction-views.ts';

/**
 * A transaction as `Transactions/View` shows it: nested like the callback, with other names. An account with the
 * other habit has the names of the callback, rows for the parts of a charge, and a `Cancel` row beside a voided one.
 * Source: docs/reference/payplus.md, "Searching by our id".
 */
export function toViewRows(ledger: Ledger, deal: Deal): Fields[] {
  const { checkout, transaction } = deal;
  const flag = { transaction_is_cancelled: isCancelled(ledger, transaction) };
  if (!hasOtherHabit(transaction.account)) return [withOwnNames(toNested(deal, PAGE_KEY), transaction, flag)];
  const plain = [transaction, ...partsOf(transaction)].map((one) => {
    const row = toNested({ checkout, transaction: one }, PAGE_KEY);
    return { ...row, transaction: { ...(row['transaction'] as Fields), ...flag } };
  });
  const cancelled = cancellationOf(ledger, transaction).map((one) => ({
    ...toNested({ checkout, transaction: one }, PAGE_KEY),
    transaction_type: 'Cancel',
  }));
  return [...plain, ...cancelled];
}

const PAGE_KEY = 'payment_page_request_uid';

function withOwnNames(nested: Fields, { kind }: Transaction, flag: Fields): Fields {
  const { uid, ...rest } = nested['transaction'] as Fields;
  const names = { transaction_uid: uid, transaction_type: kind === 'refund' ? 'refund' : 'Charge' };
  return { transaction: { ...names, ...rest, ...flag }, data: nested['data'] };
}
