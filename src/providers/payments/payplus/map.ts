import { fromZonedStamp } from '../../../domain/calendar.ts';
import type { Means } from '../../../domain/means.ts';
import { isId } from '../../../domain/ids.ts';
import { sumMinor } from '../../../domain/money.ts';
import type { PaymentFinding, ProviderTransaction, UnreadableRow } from '../payment-provider.ts';
import { linkRefunds } from './link-refunds.ts';
import type { Told } from './link-refunds.ts';
import { isCard, toMeans, toMinor } from './means.ts';
import type { Parts } from './parts.ts';
import { APPROVED, isKind, transactionOf, UnreadableField } from './status.ts';
import type { WireTransaction } from './wire.ts';

/** PayPlus's times have no zone; they are in this one. */
const TIME_ZONE = 'Asia/Jerusalem';

/** One row per transaction, merged from both spellings. If one of them says success, it succeeded. */
export function uniteTransactions(seen: readonly WireTransaction[]): WireTransaction[] {
  const byUid = new Map<string, WireTransaction>();
  for (const one of seen) {
    const known = byUid.get(one.uid);
    byUid.set(one.uid, known === undefined ? one : unite(known, one));
  }
  return [...byUid.values()];
}

function unite(known: WireTransaction, other: WireTransaction): WireTransaction {
  const isBetter = other.statusCode === APPROVED && known.statusCode !== APPROVED;
  const [first, second] = isBetter ? [other, known] : [known, other];
  const told = Object.entries(first).filter(([, value]) => value !== null);
  const isCancelled = first.isCancelled === true || second.isCancelled === true;
  return { ...second, ...Object.fromEntries(told), isCancelled };
}

/** `isComplete`: no row was unreadable before. `booked`: the ids of transactions that the books hold. */
interface Surroundings {
  readonly isComplete: boolean;
  readonly booked: ReadonlySet<string>;
}
const ALONE: Surroundings = { isComplete: true, booked: new Set() };

/**
 * The rows as our transactions, without those that move no money and without parts, which are means of their charge.
 * A row with an unreadable type, status, amount or date does not hide the others.
 */
export function toTransactions(
  united: readonly WireTransaction[],
  parts: Parts = new Map(),
  { isComplete, booked }: Surroundings = ALONE,
): Omit<PaymentFinding, 'disputes'> {
  const partUids = new Set([...parts.values()].flat().map(({ uid }) => uid));
  const told: Told[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const wire of united.filter(({ uid }) => !partUids.has(uid))) {
    try {
      const one = toTransaction(wire, parts.get(wire.uid) ?? []);
      if (one !== null) told.push({ one, isVoid: wire.isCancelled === true || isKind(wire, 'cancel') });
    } catch (error) {
      if (!(error instanceof UnreadableField)) throw error;
      unreadable.push({ rowId: wire.uid, problem: `its ${error.field} cannot be read` });
    }
  }
  const { transactions, waiting } = linkRefunds(told, isComplete && unreadable.length === 0, booked);
  const held = waiting.map((rowId) => ({ rowId, problem: 'which charge was voided is not certain' }));
  return { transactions, unreadable: [...unreadable, ...held] };
}

/** @throws UnreadableField */
function toTransaction(wire: WireTransaction, parts: readonly WireTransaction[]): ProviderTransaction | null {
  const transaction = transactionOf(wire);
  if (transaction === null) return null;
  const amount = amountOf(wire);
  return {
    transactionId: wire.uid,
    ...transaction,
    amount,
    currency: wire.currency,
    paidAt: toInstant(wire.date),
    paidAtRaw: wire.date,
    means: [toMeans(wire, amount)],
    payerName: wire.payerName,
    pageId: wire.pageUid,
    refundOf: null,
    ...toReferences(wire),
    secret: null,
    refundable: null,
    rawCode: wire.statusCode,
    foreignDocument: wire.document,
    ...(parts.length === 0 ? {} : ofParts(wire, amount, parts)),
  };
}

/**
 * A charge in parts has a means for each part. Refunds go to its largest card part only, by the uid of that part (its
 * secret), up to that part.
 * Source: docs/reference/payplus.md, "Payments in parts".
 */
function ofParts(
  wire: WireTransaction,
  amount: number,
  parts: readonly WireTransaction[],
): Pick<ProviderTransaction, 'means' | 'secret' | 'refundable'> {
  const means = parts.map((part) => toMeans(part, amountOf(part)));
  const [card] = parts.filter(isCard).toSorted((a, b) => amountOf(b) - amountOf(a));
  return {
    means: isWhole(means, amount) ? means : [toMeans(wire, amount)],
    secret: card?.uid ?? null,
    refundable: card === undefined ? 0 : amountOf(card),
  };
}

const isWhole = (means: readonly Means[], amount: number): boolean =>
  sumMinor(means.map((one) => one.amount)) === amount;

/** A refund has the order's id, and our refund's id if PayPlus echoes it. */
function toReferences({
  moreInfo,
  moreInfo1,
}: WireTransaction): Pick<ProviderTransaction, 'reference' | 'refundReference'> {
  const refundReference = [moreInfo1, moreInfo].find((info) => info !== null && isId('refund', info)) ?? null;
  return { reference: moreInfo === refundReference ? null : moreInfo, refundReference };
}

function amountOf({ amount, currency }: WireTransaction): number {
  const minor = toMinor(amount, currency);
  if (minor === null) throw new UnreadableField('amount');
  return minor;
}

function toInstant(stamp: string): Date {
  try {
    return fromZonedStamp(stamp, TIME_ZONE);
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableField('date');
    throw error;
  }
}
