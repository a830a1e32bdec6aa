import { isFields } from '../fields.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Entry, Transaction } from '../ledger/records.ts';
import type { Answer, Route, VendorDeps } from '../vendor.ts';
import { authenticated, ok, refuse } from './envelope.ts';
import { findCharge } from './parts.ts';
import { CANCEL } from './request-shapes.ts';
import { toUid } from './transaction-views.ts';

const TABLE = 'cancelled';

/** `Transactions/Cancel`: voids a charge of today, as a person does in the dashboard. No callback is known for it. */
export function cancelTransaction({ ledger, now }: VendorDeps): Route {
  return {
    verb: 'post',
    path: '/Transactions/Cancel',
    operation: 'unknown',
    referenceOf: ({ body }) =>
      ledger.transaction(String(isFields(body) ? body['transaction_uid'] : ''))?.reference ?? null,
    answer: authenticated(CANCEL, (request, { apiKey }): Answer => {
      const found = findCharge(ledger, String(request['transaction_uid']), apiKey);
      if (found === null) return refuse('can-not-find-transaction_uid', 200);
      const { transaction } = found;
      if (!isCancellable(ledger, transaction)) return refuse('can-not-cancel-this-transaction');
      ledger.record(toCancellation(transaction, now()));
      return ok({ transaction: { uid: transaction.id, status_code: '000' } });
    }),
  };
}

export const isCancellable = (ledger: Ledger, charge: Transaction): boolean =>
  charge.approved && !isCancelled(ledger, charge);

export const toCancellation = ({ id }: Transaction, now: Date): Entry => ({
  kind: 'vendor_row',
  row: { provider: 'payplus', table: TABLE, id, fields: { at: now.toISOString() } },
});

export const isCancelled = (ledger: Ledger, { id }: Transaction): boolean =>
  ledger.vendorRow('payplus', TABLE, id) !== undefined;

/**
 * The row of kind `Cancel` that some accounts show beside a voided charge.
 * Source: docs/reference/payplus.md, "Searching by our id".
 */
export function cancellationOf(ledger: Ledger, charge: Transaction): Transaction[] {
  const row = ledger.vendorRow('payplus', TABLE, charge.id);
  if (row === undefined) return [];
  const at = String(row['at']);
  return [{ ...charge, id: toUid(`cancel ${charge.id}`), kind: 'refund', at, reverses: charge.id }];
}
