import { randomUUID } from 'node:crypto';
import { newSlip } from '../attempts.ts';
import { toMajor, toMinor } from '../decimal.ts';
import { isFields } from '../fields.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Fields, Transaction } from '../ledger/records.ts';
import { HONEST, textOrNull } from '../vendor.ts';
import type { Answer, Deal, Route, VendorDeps } from '../vendor.ts';
import { toCallbacks } from './callback.ts';
import { authenticated, ok, refuse } from './envelope.ts';
import { REFUND } from './request-shapes.ts';
import { toLastFour } from './transaction-views.ts';

/** `Transactions/RefundByTransactionUID`: whole or in parts, never more than is left. Tells the page's callback too. */
export function refundByTransactionUid(deps: VendorDeps): Route {
  const { ledger } = deps;
  return {
    verb: 'post',
    path: '/Transactions/RefundByTransactionUID',
    operation: 'refund',
    referenceOf: ({ body }) => {
      const { more_info, transaction_uid } = isFields(body) ? body : {};
      return textOrNull(more_info) ?? ledger.transaction(String(transaction_uid))?.reference ?? null;
    },
    answer: authenticated(REFUND, (request, { apiKey }): Answer => {
      const deal = findCharge(ledger, String(request['transaction_uid']), apiKey);
      if (deal === null) return refuse('can-not-find-transaction_uid', 200);
      if (!deal.transaction.approved) return refuse('can-not-refund-a-rejected-transaction');
      const amount = toMinor(request['amount'], deal.transaction.currency);
      if (amount === null || amount <= 0)
        return refuse('amount must be positive and have at most two decimals');
      if (amount > leftOf(ledger, deal.transaction)) return refuse('refund-amount-is-more-than-what-is-left');
      return ok(toAnswer(giveBack(deps, deal, amount, textOrNull(request['more_info']))));
    }),
  };
}

function findCharge(ledger: Ledger, uid: string, apiKey: string): Deal | null {
  const transaction = ledger.transaction(uid);
  if (transaction?.kind !== 'charge' || transaction.provider !== 'payplus' || transaction.account !== apiKey)
    return null;
  const checkout = ledger.checkout(transaction.checkoutId);
  return checkout === undefined ? null : { checkout, transaction };
}

function leftOf(ledger: Ledger, charge: Transaction): number {
  return ledger
    .transactionsOf(charge.checkoutId)
    .filter(({ reverses, approved }) => reverses === charge.id && approved)
    .reduce((left, refund) => left - refund.amount, charge.amount);
}

function giveBack(
  { ledger, webhooks, now }: VendorDeps,
  deal: Deal,
  amount: number,
  reference: string | null,
): Transaction {
  const { checkout, transaction: charge } = deal;
  const at = now().toISOString();
  const money = {
    kind: 'refund',
    approved: true,
    amount,
    reverses: charge.id,
    reference,
    installments: 1,
  } as const;
  const transaction: Transaction = {
    ...charge,
    ...money,
    id: randomUUID(),
    at,
    visibleAt: at,
    slip: newSlip(),
  };
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
  return transaction;
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
