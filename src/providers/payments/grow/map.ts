import { fromZonedStamp } from '../../../domain/calendar.ts';
import type { Means } from '../../../domain/means.ts';
import { exponentOf, fromMajorText, MoneyFormatError } from '../../../domain/money.ts';
import type { PaymentFinding, ProviderTransaction, UnreadableRow } from '../payment-provider.ts';
import { TRANSACTION_TYPES } from './page-fields.ts';
import { meaningOf } from './wire.ts';
import type { WireTransaction } from './wire.ts';

/** Grow's dates have no zone; they are in this one. */
const TIME_ZONE = 'Asia/Jerusalem';

type Transaction = Pick<ProviderTransaction, 'kind' | 'status'>;
type Move = Transaction & { readonly row: WireTransaction };

/**
 * The status table. `null`: no attempt yet. An unknown code is never guessed.
 * Source: docs/reference/grow.md, "Status codes".
 */
const STATUS_CODES: Readonly<Record<string, Transaction | null>> = {
  '0': null,
  '2': { kind: 'charge', status: 'succeeded' },
  '3': { kind: 'refund', status: 'succeeded' },
  '4': { kind: 'charge', status: 'succeeded' },
  '6': { kind: 'refund', status: 'succeeded' },
  '9': { kind: 'charge', status: 'declined' },
  '11': { kind: 'charge', status: 'pending' },
};

const BRANDS: Readonly<Record<string, string>> = {
  '2': 'Mastercard',
  '3': 'Visa',
  '5': 'Isracard',
  '7': 'Discover',
  '8': 'Diners',
};

/**
 * The rows as our transactions, as of `now`; refunds by code are in `implied-refunds.ts`. A row with an unreadable status,
 * sum or date does not hide the others. `strange`: rows without any readable shape.
 */
export function toTransactions(
  rows: readonly WireTransaction[],
  now: Date,
  strange: readonly UnreadableRow[] = [],
): Omit<PaymentFinding, 'disputes'> {
  const unreadable = [...strange];
  const readable = <T>({ transactionId }: WireTransaction, read: () => T): T[] => {
    try {
      return [read()];
    } catch (error) {
      if (!(error instanceof UnreadableField)) throw error;
      unreadable.push({ rowId: transactionId, problem: `its ${error.field} cannot be read` });
      return [];
    }
  };
  const moves = rows.flatMap((row): Move[] =>
    readable(row, () => transactionOf(row)).flatMap((transaction) =>
      transaction === null ? [] : [{ row, ...transaction }],
    ),
  );
  // Beside an unreadable row, it is unknown whether that one is the charge.
  const isComplete = unreadable.length === 0;
  const toKind = (move: Move): Move =>
    isComplete && isItself(move, moves) ? { ...move, kind: 'charge' } : move;
  const told = moves.flatMap((move) => readable(move.row, () => toTransaction(toKind(move), now)));
  return { transactions: told.map((one) => withReversed(one, told)), unreadable };
}

/** Why a row cannot be read. */
class UnreadableField extends Error {
  readonly field: string;
  constructor(field: string) {
    super(`${field} cannot be read for certain`);
    this.field = field;
  }
}

/** Charge or refund, by its code alone; null if the row is not an attempt. */
function transactionOf({ statusCode, transactionId }: WireTransaction): Transaction | null {
  if (transactionId === '0') return null;
  const transaction = meaningOf(STATUS_CODES, statusCode);
  if (transaction === undefined) throw new UnreadableField('statusCode');
  return transaction;
}

/**
 * A row with a refund's code that refunds nothing, on a page without a charge, is the charge itself.
 * Source: docs/reference/grow.md, "Unverified".
 */
function isItself({ row, kind }: Move, all: readonly Move[]): boolean {
  const isBesideCharge = all.some(
    (one) => one.row.processId === row.processId && one.kind === 'charge' && one.status === 'succeeded',
  );
  return kind === 'refund' && row.refundedTransactionId === null && !isBesideCharge;
}

/** A refund that names no charge belongs to the only charge of its page. */
function withReversed(one: ProviderTransaction, all: readonly ProviderTransaction[]): ProviderTransaction {
  if (one.kind === 'charge' || one.refundOf !== null) return one;
  const paid = all.filter(
    ({ kind, status, pageId }) => kind === 'charge' && status === 'succeeded' && pageId === one.pageId,
  );
  return { ...one, refundOf: paid.length === 1 ? (paid[0]?.transactionId ?? null) : null };
}

function toTransaction({ row, kind, status }: Move, now: Date): ProviderTransaction {
  const amount = toMinor(row.sum);
  return {
    transactionId: row.transactionId,
    kind,
    status,
    amount,
    currency: 'ILS',
    paidAt: toInstant(row.paymentDate, now),
    paidAtRaw: row.paymentDate ?? '',
    means: [toMeans(row, amount)],
    payerName: row.fullName,
    reference: row.reference,
    pageId: row.processId,
    refundOf: kind === 'refund' ? row.refundedTransactionId : null,
    refundReference: null,
    secret: row.transactionToken,
    refundable: null,
    rawCode: row.statusCode,
    foreignDocument: null,
  };
}

function toMeans(row: WireTransaction, amount: number): Means {
  const installments = installmentsOf(row);
  const isInstalments = row.paymentType === '4' || installments > 1;
  return {
    method: meaningOf(TRANSACTION_TYPES, row.transactionTypeId) ?? 'other',
    amount,
    brand: row.cardBrand ?? meaningOf(BRANDS, row.cardBrandCode) ?? null,
    last4: row.cardSuffix,
    wallet: null,
    dealType: isInstalments ? 'instalments' : 'regular',
    installments,
    ...toParts(row, amount, installments),
    approvalNumber: row.asmachta,
    dueDate: null,
  };
}

function installmentsOf({ allPaymentsNum }: WireTransaction): number {
  return Math.max(1, /^\d{1,3}$/.test(allPaymentsNum ?? '') ? Number(allPaymentsNum) : 1);
}

/**
 * Whether a row of a process lacks what the transaction itself has: the brand of the card, the parts of a sum.
 * Source: docs/reference/grow.md, "Reading a payment back".
 */
export function lacksDetails(row: WireTransaction): boolean {
  const lacksBrand = row.cardSuffix !== null && row.cardBrand === null && row.cardBrandCode === null;
  return row.statusCode === '2' && (lacksBrand || (installmentsOf(row) > 1 && row.firstPaymentSum === null));
}

/** The first and each further instalment, only if they add up to exactly the amount. */
function toParts(
  row: WireTransaction,
  amount: number,
  installments: number,
): Pick<Means, 'firstAmount' | 'restAmount'> {
  const none = { firstAmount: null, restAmount: null };
  if (installments === 1 || row.firstPaymentSum === null || row.periodicalPaymentSum === null) return none;
  const [firstAmount, restAmount] = [readMinor(row.firstPaymentSum), readMinor(row.periodicalPaymentSum)];
  if (firstAmount === null || restAmount === null) return none;
  return firstAmount + restAmount * (installments - 1) === amount ? { firstAmount, restAmount } : none;
}

function toMinor(sum: string | null): number {
  const minor = readMinor(sum ?? '');
  if (minor === null) throw new UnreadableField('sum');
  return minor;
}

function readMinor(sum: string): number | null {
  try {
    return fromMajorText(sum, exponentOf('ILS'));
  } catch (error) {
    if (error instanceof MoneyFormatError) return null;
    throw error;
  }
}

/**
 * D/M/YY, padded or not, without a time. It becomes the end of that day, or now during that day: never a time in the
 * future.
 * Source: docs/reference/grow.md, "Callback".
 */
function toInstant(date: string | null, now: Date): Date {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(date ?? '') ?? [];
  if (day === undefined || month === undefined || year === undefined)
    throw new UnreadableField('paymentDate');
  const iso = `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    const end = fromZonedStamp(`${iso} 23:59:59`, TIME_ZONE);
    return end < now ? end : now;
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableField('paymentDate');
    throw error;
  }
}
