import { randomBytes, randomInt } from 'node:crypto';
import type { Checkout, Transaction } from './ledger/records.ts';
import type { WebhookMode } from './vendor.ts';

/** A wrong payment must be off by more than the cent that some merchants tolerate. */
const AMOUNT_OFF_BY = 100;
/** The rejected attempt of `out_of_order` happened this long before the one that succeeded. */
const EARLIER_MS = 30_000;

/** An approved charge of the amount of the page. `at` is an ISO time. */
export function newAttempt(checkout: Checkout, id: string, at: string): Transaction {
  const { id: checkoutId, provider, account, amount, currency, reference } = checkout;
  const charge = {
    kind: 'charge',
    approved: true,
    method: defaultMethod(checkout),
    installments: 1,
    reverses: null,
  } as const;
  return {
    id,
    provider,
    account,
    checkoutId,
    amount,
    currency,
    reference,
    ...charge,
    at,
    visibleAt: at,
    slip: newSlip(),
  };
}

/** The same attempt, declined by the issuer half a minute before. */
export function rejectedBefore(transaction: Transaction): Transaction {
  const at = new Date(Date.parse(transaction.at) - EARLIER_MS).toISOString();
  return { ...transaction, approved: false, at, visibleAt: at };
}

/** The charge that `wrong_amount` and `wrong_currency` really make. */
export function chargedInstead({ amount, currency }: Checkout, webhook: WebhookMode): Partial<Transaction> {
  if (webhook === 'wrong_amount')
    return { amount: amount > AMOUNT_OFF_BY ? amount - AMOUNT_OFF_BY : amount + AMOUNT_OFF_BY };
  return webhook === 'wrong_currency' ? { currency: currency === 'ILS' ? 'USD' : 'ILS' } : {};
}

const defaultMethod = ({ methods }: Checkout): string =>
  methods.includes('card') ? 'card' : (methods[0] ?? 'card');

/** Invented slip numbers, in the shapes that Israeli clearing houses print. */
export function newSlip(): Transaction['slip'] {
  const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('');
  return {
    number: randomBytes(3).toString('hex'),
    approval: digits(7),
    voucher: `${digits(2)}-${digits(3)}-${digits(3)}`,
    rrn: randomInt(100_000, 1_000_000),
  };
}
