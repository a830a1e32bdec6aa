import { fromZonedStamp } from '../../../domain/calendar.ts';
import type { DealType, Means, PaymentMethod } from '../../../domain/means.ts';
import { isId } from '../../../domain/ids.ts';
import { exponentOf, fromMajorNumber, isCurrency, MoneyFormatError } from '../../../domain/money.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { ProviderTransaction } from '../payment-provider.ts';
import type { WireTransaction } from './wire.ts';

/** PayPlus's stamps carry no zone and mean this one. */
const TIME_ZONE = 'Asia/Jerusalem';
const APPROVED = '000';

type Movement = Pick<ProviderTransaction, 'kind'> & { readonly approved: ProviderTransaction['status'] };

/** The status table. `null` moves no money: a Check only looks at the card. Source: reference payplus §7.1. */
const MOVEMENTS: Readonly<Record<string, Movement | null>> = {
  Charge: { kind: 'charge', approved: 'succeeded' },
  Approval: { kind: 'charge', approved: 'pending' },
  Refund: { kind: 'refund', approved: 'succeeded' },
  Check: null,
};

/** How PayPlus names what one can pay with. What is not here is `other`, with the name kept as the wallet. */
export const CHARGE_METHODS: Readonly<Record<string, PaymentMethod>> = {
  'credit-card': 'card',
  bit: 'bit',
  'apple-pay': 'apple_pay',
  'google-pay': 'google_pay',
  paypal: 'paypal',
  'wire-transfers': 'bank_transfer',
};

const DEAL_TYPES: Readonly<Record<string, DealType>> = {
  regular: 'regular',
  credit: 'credit',
  payments: 'instalments',
};

/** One row a transaction: each spelling tells what the other leaves out, and one that says success wins. */
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
  return { ...second, ...Object.fromEntries(told) };
}

/**
 * The transactions as the engine speaks of them; those that move no money are left out.
 * @throws ProviderError `bad_answer` when a type, status, amount or date cannot be read for certain
 */
export function toTransactions(united: readonly WireTransaction[]): ProviderTransaction[] {
  const all = united.flatMap((wire) => toTransaction(wire) ?? []);
  return all.map((one) => (one.kind === 'refund' ? { ...one, refundOf: findReversed(one, all) } : one));
}

/** PayPlus does not name what a refund reverses: it is certain only where its page took money once. */
function findReversed(refund: ProviderTransaction, all: readonly ProviderTransaction[]): string | null {
  const paid = all.filter(
    (one) => one.kind === 'charge' && one.status === 'succeeded' && one.pageId === refund.pageId,
  );
  return refund.pageId !== null && paid.length === 1 ? (paid[0]?.transactionId ?? null) : null;
}

function toTransaction(wire: WireTransaction): ProviderTransaction | null {
  const movement = movementOf(wire);
  if (movement === null) return null;
  const amount = toMinor(wire.amount, wire.currency);
  return {
    transactionId: wire.uid,
    kind: movement.kind,
    status: isApproved(wire) ? movement.approved : 'declined',
    amount,
    currency: wire.currency,
    paidAt: toInstant(wire.date),
    paidAtRaw: wire.date,
    means: [toMeans(wire, amount)],
    payerName: wire.payerName,
    pageId: wire.pageUid,
    refundOf: null,
    ...toReferences(wire.moreInfo),
    secret: null,
    rawCode: wire.statusCode,
    foreignDocument: wire.document,
  };
}

/** Our refunds carry their own id in place of the payment's. */
function toReferences(moreInfo: string | null): Pick<ProviderTransaction, 'reference' | 'refundReference'> {
  const isRefund = moreInfo !== null && isId('refund', moreInfo);
  return { reference: isRefund ? null : moreInfo, refundReference: isRefund ? moreInfo : null };
}

function movementOf({ type }: WireTransaction): Movement | null {
  const movement = type !== null && Object.hasOwn(MOVEMENTS, type) ? MOVEMENTS[type] : undefined;
  if (movement === undefined) throw unreadable('type');
  return movement;
}

/** "000" alone is success. Where ipn's word contradicts the code, or is a new one, nothing is guessed. */
function isApproved({ status, statusCode }: WireTransaction): boolean {
  const approved = statusCode === APPROVED;
  if (status !== null && status !== (approved ? 'approved' : 'rejected')) throw unreadable('status');
  return approved;
}

function toMeans(wire: WireTransaction, amount: number): Means {
  const name = wire.method ?? (wire.lastFour === null ? null : 'credit-card');
  const installments = Math.max(1, wire.paymentCount ?? 1);
  return {
    method: toMethod(name),
    amount,
    brand: wire.brandName,
    last4: wire.lastFour,
    wallet: name === 'credit-card' ? null : name,
    dealType: toDealType(wire.creditTerms, installments),
    installments,
    ...toParts(wire, amount, installments),
    approvalNumber: wire.approval,
    dueDate: null,
  };
}

function toMethod(name: string | null): PaymentMethod {
  return name !== null && Object.hasOwn(CHARGE_METHODS, name) ? (CHARGE_METHODS[name] ?? 'other') : 'other';
}

function toDealType(terms: string | null, installments: number): DealType {
  const known = terms !== null && Object.hasOwn(DEAL_TYPES, terms) ? DEAL_TYPES[terms] : undefined;
  return known ?? (installments > 1 ? 'instalments' : 'regular');
}

/** The first and each further instalment, only where they come to exactly the amount: half a truth is none. */
function toParts(
  wire: WireTransaction,
  amount: number,
  installments: number,
): Pick<Means, 'firstAmount' | 'restAmount'> {
  const none = { firstAmount: null, restAmount: null };
  if (installments === 1 || wire.firstPayment === null || wire.restPayment === null) return none;
  const firstAmount = toMinor(wire.firstPayment, wire.currency);
  const restAmount = toMinor(wire.restPayment, wire.currency);
  return firstAmount + restAmount * (installments - 1) === amount ? { firstAmount, restAmount } : none;
}

/** PayPlus speaks of major units with at most two decimals, whatever the currency. */
function toMinor(major: number, currency: string): number {
  try {
    return fromMajorNumber(major, isCurrency(currency) ? exponentOf(currency) : 2);
  } catch (error) {
    if (error instanceof MoneyFormatError) throw unreadable('amount');
    throw error;
  }
}

function toInstant(stamp: string): Date {
  try {
    return fromZonedStamp(stamp, TIME_ZONE);
  } catch (error) {
    if (error instanceof RangeError) throw unreadable('date');
    throw error;
  }
}

const unreadable = (field: string) =>
  new ProviderError('bad_answer', `PayPlus told of a transaction whose ${field} cannot be read for certain`);
