import type { CheckDetails, DealType, Means, MeansMethod } from '../../../domain/means.ts';
import { sumMinor } from '../../../domain/money.ts';
import type { Currency } from '../../../domain/money.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { PushOrder } from '../invoice-service.ts';
import { toWireDecimal } from '../wire-amount.ts';
import type { PaymentRow } from './wire.ts';

/**
 * Payment rows of the document; `sign` −1 for refunds.
 * @throws ProviderError `rejected` if the means do not add up to the total
 */
export function toPaymentRows(order: PushOrder, sign: 1 | -1): PaymentRow[] {
  const paid = sumMinor(order.means.map((means) => means.amount));
  if (paid !== order.split.total) {
    throw new ProviderError(
      'rejected',
      `means: they add up to ${paid}, but the document to ${order.split.total}; correct them`,
    );
  }
  return order.means.map((means) => ({
    date: means.check?.dueDate ?? order.documentDate,
    price: toWireDecimal(sign * means.amount, order.currency),
    currency: order.currency,
    ...METHODS[means.method],
    ...(means.check === undefined ? {} : toChequeFields(means.check)),
    ...(METHODS[means.method].type === CARD ? toCardFields(means, order.currency, sign) : {}),
  }));
}

const CARD = 3;
const APP = 10;

/** Source: docs/reference/green-invoice.md, "Payment rows". Apple Pay and Google Pay are cards in a wallet. */
const METHODS: Readonly<Record<MeansMethod, { type: number; appType?: number }>> = {
  card: { type: CARD },
  apple_pay: { type: CARD },
  google_pay: { type: CARD },
  bit: { type: APP, appType: 1 },
  paybox: { type: APP, appType: 3 },
  paypal: { type: 5 },
  bank_transfer: { type: 4 },
  cash: { type: 1 },
  check: { type: 2 },
  other: { type: 11 },
  withheld: { type: 0 },
};

const DEAL_TYPES: Readonly<Record<DealType, number>> = { regular: 1, instalments: 2, credit: 3, deferred: 4 };

function toCardFields(means: Means, currency: Currency, sign: 1 | -1): Partial<PaymentRow> {
  const isSplit = means.installments > 1 && means.firstAmount !== null;
  return {
    cardType: toCardType(means.brand),
    ...(means.last4 === null ? {} : { cardNum: means.last4 }),
    dealType: DEAL_TYPES[means.dealType],
    numPayments: means.installments,
    ...(isSplit ? { firstPayment: toWireDecimal(sign * means.firstAmount, currency) } : {}),
  };
}

/** The date of its row is the day on which the cheque is due. */
function toChequeFields({ bank, branch, account, number }: CheckDetails): Partial<PaymentRow> {
  return { bankName: bank, bankBranch: branch, bankAccount: account, chequeNum: number };
}

const UNKNOWN_CARD = 0;
const CARD_TYPES: readonly (readonly [string, number])[] = [
  ['isracard', 1],
  ['visa', 2],
  ['mastercard', 3],
  ['amex', 4],
  ['americanexpress', 4],
  ['diners', 5],
];

/** Vendors write brand names differently: "Visa", "american_express", "Diners Club". */
function toCardType(brand: string | null): number {
  const letters = (brand ?? '').toLowerCase().replace(/[^a-z]/g, '');
  return CARD_TYPES.find(([name]) => letters.includes(name))?.[1] ?? UNKNOWN_CARD;
}
