import { randomUUID } from 'node:crypto';
import { newSlip } from '../attempts.ts';
import { toMajor, toMinor } from '../decimal.ts';
import { isFields } from '../fields.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { hasOtherHabit } from '../habits.ts';
import type { Fields, Part, Transaction } from '../ledger/records.ts';
import { HONEST, textOrNull } from '../vendor.ts';
import type { Answer, Route, VendorDeps } from '../vendor.ts';
import { toCallbacks } from './callback.ts';
import { isCancelled } from './cancel.ts';
import { authenticated, ok, refuse } from './envelope.ts';
import { findCharge } from './parts.ts';
import type { Found } from './parts.ts';
import { REFUND } from './request-shapes.ts';
import { toLastFour } from './transaction-views.ts';

/**
 * `Transactions/RefundByTransactionUID`: in full or in part, never more than is left. It also sends the callback of
 * the page.
 */
export function refundByTransactionUid(deps: VendorDeps): Route {
  const { ledger } = deps;
  return {
    verb: 'post',
    path: '/Transactions/RefundByTransactionUID',
    operation: 'refund',
    referenceOf: ({ body }) => {
      const { more_info, more_info_1, transaction_uid } = isFields(body) ? body : {};
      const named = textOrNull(more_info_1) ?? textOrNull(more_info);
      return named ?? ledger.transaction(String(transaction_uid))?.reference ?? null;
    },
    answer: authenticated(REFUND, (request, { apiKey }): Answer => {
      const found = findCharge(ledger, String(request['transaction_uid']), apiKey);
      if (found === null) return refuse('can-not-find-transaction_uid', 200);
      const amount = toMinor(request['amount'], found.transaction.currency);
      if (amount === null || amount <= 0)
        return refuse('amount must be positive and have at most two decimals');
      const refusal = refusalOf(ledger, found, amount);
      if (refusal !== null) return refuse(refusal);
      const refund = toRefund(found, amount, request, deps.now());
      tell(deps, found, refund);
      return ok(toAnswer(refund));
    }),
  };
}

/**
 * Refunds go to the card part only, up to its amount, and never by the uid of the parent.
 * Source: docs/reference/payplus.md, "Payments in parts".
 */
export function refusalOf(ledger: Ledger, { transaction, part }: Found, amount: number): string | null {
  if (!transaction.approved) return 'can-not-refund-a-rejected-transaction';
  if (isCancelled(ledger, transaction)) return 'can-not-refund-a-cancelled-transaction';
  if (transaction.parts !== undefined && part?.method !== 'card') return 'can-not-refund-this-payment-method';
  return amount > leftOf(ledger, transaction, part) ? 'refund-amount-is-more-than-what-is-left' : null;
}

export function leftOf(ledger: Ledger, charge: Transaction, part: Part | null): number {
  return ledger
    .transactionsOf(charge.checkoutId)
    .filter(({ reverses, approved }) => reverses === charge.id && approved)
    .reduce((left, refund) => left - refund.amount, (part ?? charge).amount);
}

export function toRefund(
  { transaction: charge, part }: Found,
  amount: number,
  request: Fields,
  now: Date,
): Transaction {
  const refundReference = textOrNull(request['more_info_1']);
  const at = now.toISOString();
  const money = {
    kind: 'refund',
    approved: true,
    amount,
    reverses: charge.id,
    reference: textOrNull(request['more_info']) ?? (hasOtherHabit(charge.account) ? null : charge.reference),
    ...(refundReference === null ? {} : { refundReference }),
    ...(part === null ? {} : { partId: part.id, method: part.method }),
    installments: 1,
  } as const;
  const { parts: _parts, ...plain } = charge;
  return {
    ...plain,
    ...money,
    id: randomUUID(),
    at,
    visibleAt: at,
    slip: newSlip(),
  };
}

/** Records the refund together with its callbacks. */
function tell({ ledger, webhooks }: VendorDeps, { checkout }: Found, transaction: Transaction): void {
  const subject = {
    provider: checkout.provider,
    checkoutId: checkout.id,
    transactionId: transaction.id,
    mode: 'refund',
  };
  const deliveries = webhooks.plan(subject, [toCallbacks({ checkout, transaction }, HONEST)]);
  ledger.record(
    { kind: 'transaction', transaction },
    ...deliveries.map((delivery) => ({ kind: 'delivery', delivery }) as const),
  );
  webhooks.start(deliveries);
}

function toAnswer(refund: Transaction): Fields {
  return {
    transaction: {
      uid: refund.id,
      number: refund.slip.number,
      status_code: '000',
      amount: toMajor(refund.amount, refund.currency),
      approval_number: refund.slip.approval,
      voucher_number: refund.slip.voucher,
    },
    data: {
      items: [],
      card_information: { four_digits: toLastFour(refund), brand_id: refund.method === 'card' ? 2 : null },
    },
  };
}
