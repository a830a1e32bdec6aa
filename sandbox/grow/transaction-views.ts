import { toMajor } from '../decimal.ts';
import { israelDay } from '../israel.ts';
import { isFields } from '../fields.ts';
import { hasOtherHabit } from '../habits.ts';
import type { Checkout, Fields, Transaction } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import type { Deal } from '../vendor.ts';
import { transactionTokenOf } from './find-deal.ts';
import { CUSTOM_FIELDS, METHODS } from './request-shapes.ts';

const CARD = {
  cardSuffix: '4580',
  cardType: 'Local',
  cardTypeCode: '1',
  cardBrand: 'Visa',
  cardBrandCode: '3',
  cardExp: '0130',
};
/** A payment without a card has the same fields, all empty. */
const NO_CARD = Object.fromEntries(Object.keys(CARD).map((field) => [field, '']));

export type Standing = 'paid' | 'denied' | 'cancelled' | 'refund';
const CODES: Readonly<Record<Standing, readonly [code: string, words: string]>> = {
  paid: ['2', 'שולם'],
  denied: ['9', 'נדחה'],
  cancelled: ['4', 'בוטל לפני שידור'],
  refund: ['6', 'זיכוי'],
};

/**
 * Only samples have code 3, and its difference from 6 is unknown: the other habit uses it for refunds.
 * Source: docs/reference/grow.md, "Status codes", "Unverified".
 */
const refundCode = ({ account }: Checkout): readonly [code: string, words: string] =>
  hasOtherHabit(account) ? ['3', 'תשלום שזוכה'] : CODES.refund;

/**
 * The answers of queries: ids and amounts inside `data` are texts, or in the other habit numbers.
 * Source: docs/reference/grow.md, "Envelope".
 */
export const spell = ({ account }: Checkout, details: Fields): Fields =>
  hasOtherHabit(account)
    ? Object.fromEntries(
        Object.entries(details).map(([name, value]) => [name, NUMBERS.has(name) ? Number(value) : value]),
      )
    : details;

const NUMBERS = new Set(['transactionId', 'statusCode', 'transactionTypeId', 'sum', 'processId']);

export function standingOf({ kind, approved }: Transaction, isVoided: boolean): Standing {
  if (kind === 'refund') return 'refund';
  if (!approved) return 'denied';
  return isVoided ? 'cancelled' : 'paid';
}

/**
 * A transaction with every field, as callbacks and getTransactionInfo have it. All values are texts.
 * Source: docs/reference/grow.md, "Callback".
 */
export function toDetails(deal: Deal, standing: Standing): Fields {
  const { checkout, transaction } = deal;
  const payer = isFields(checkout.wire['pageField']) ? checkout.wire['pageField'] : {};
  const [statusCode, status] = standing === 'refund' ? refundCode(checkout) : CODES[standing];
  return {
    status,
    statusCode,
    transactionTypeId: Object.keys(METHODS).find((id) => METHODS[id] === transaction.method) ?? '1',
    ...toInstalments(transaction),
    paymentDate: toDate(new Date(transaction.at)),
    asmachta: transaction.slip.approval,
    description: checkout.description,
    fullName: String(payer['fullName']),
    payerPhone: String(payer['phone']),
    payerEmail: textOrNull(payer['email']) ?? '',
    ...(transaction.method === 'card' ? CARD : NO_CARD),
    transactionId: transaction.id,
    ...(standing === 'refund'
      ? { refundedTransactionId: transaction.reverses }
      : { transactionToken: transactionTokenOf(deal) }),
  };
}

/**
 * Fields that the samples of getPaymentProcessInfo leave out.
 * Source: docs/reference/grow.md, "Reading a payment back".
 */
const NOT_IN_ROWS = new Set([
  ...['firstPaymentSum', 'periodicalPaymentSum'],
  ...['cardType', 'cardTypeCode', 'cardBrand', 'cardBrandCode', 'cardExp'],
]);

/** A transaction as a row of getPaymentProcessInfo. */
export const toRow = (deal: Deal, standing: Standing): Fields =>
  Object.fromEntries(Object.entries(toDetails(deal, standing)).filter(([name]) => !NOT_IN_ROWS.has(name)));

/** The merchant's own fields; an empty list if there are none, as PHP writes an empty object. */
export function toCustomFields({ wire }: Deal['checkout']): Fields | [] {
  const sent = CUSTOM_FIELDS.filter((name) => textOrNull(wire[name]) !== null);
  return sent.length === 0 ? [] : Object.fromEntries(sent.map((name) => [name, wire[name]]));
}

/** "129.9": no fixed number of decimals. Source: docs/reference/grow.md, "Amounts". */
export const toSum = (minor: number): string => String(toMajor(minor, 'ILS'));

function toInstalments({ amount, installments }: Transaction): Fields {
  const isRegular = installments === 1;
  const periodical = isRegular ? 0 : Math.floor(amount / installments);
  const first = isRegular ? 0 : amount - periodical * (installments - 1);
  return {
    paymentType: isRegular ? '2' : '4',
    sum: toSum(amount),
    firstPaymentSum: toSum(first),
    periodicalPaymentSum: toSum(periodical),
    paymentsNum: String(installments - 1),
    allPaymentsNum: String(installments),
  };
}

/** D/M/YY on a calendar in Israel; days before the tenth are padded or not, as in the samples. */
function toDate(at: Date): string {
  const [year = '', month = '', day = ''] = israelDay(at).split('-');
  const isPadded = at.getMilliseconds() % 2 === 0;
  return `${isPadded ? day : Number(day)}/${isPadded ? month : Number(month)}/${year.slice(2)}`;
}
