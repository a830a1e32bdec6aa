import type { LedgerTransaction } from './checks/evidence.ts';

/**
 * What a payment must look like at rest, worked out anew from the vendor's ledger and the decisions of app and people, by
 * the tables of the domain rules. It is small, knows nothing of the engine's code, and says less than the engine where the
 * order of the news decides: then it names what may be.
 */
export interface Facts {
  /** What the page asked for. */
  readonly asked: { readonly amount: number; readonly currency: string };
  /** Charges of this payment that moved money, and what went back of them at the vendor. */
  readonly charges: readonly LedgerTransaction[];
  readonly returns: readonly LedgerTransaction[];
  /** The document of the payment, and the vendor's id of the charge that it stands for. */
  readonly document: { readonly total: number; readonly chargeId: string } | null;
  /** Given back by hand, of the documented charge. */
  readonly byHand: number;
  /** What the bank took of the documented charge and a person credited. */
  readonly takenByBank: number;
  /** What the bank took of charges without a document and a person booked, by the vendor's id. */
  readonly takenOfOthers: ReadonlyMap<string, number>;
  /** Sums of credits that were taken back, because the vendor took its refund back. */
  readonly takenBack: number;
  /** By the vendor's id of the charge. */
  readonly disputes: ReadonlyMap<string, string>;
  /** Decisions that were carried out: reason and action. */
  readonly decisions: readonly { readonly review: string; readonly action: string }[];
  /** It had been given up before its money came. */
  readonly wasGivenUp: boolean;
  readonly hasFailedPush: boolean;
  /**
   * The vendor could not be read for long, or called a charge declined while the books were compared: a person is asked, and
   * may still be when the vendor says otherwise.
   */
  readonly wasMisread: boolean;
  /** The invoice service took VAT from a document by another rate: it knows only that of the day, also of credits. */
  readonly hasOtherVat: boolean;
  /** A vendor's refund that took part in this life was taken back by the vendor. */
  readonly mayBeReversed: boolean;
  /** The vendor does not say which of several charges went back; nobody guesses, a person is asked. */
  readonly isAmbiguous: boolean;
}

export interface Expected {
  readonly statuses: readonly string[];
  readonly captured: number;
  /** Reasons for a review that there must be, the most urgent of which shows; null: none. */
  readonly must: readonly string[];
  /** Reasons that there may be as well. */
  readonly may: readonly string[];
}

/** The most urgent first (domain rules, "Reviews"). */
export const URGENCY = [
  'unknown_outcome',
  'amount_mismatch',
  'duplicate_payment',
  'refund_reversed',
  'provider_dispute',
  'late_success',
  'document_mismatch',
  'foreign_document',
  'push_failed',
  'reconciliation',
];

const sum = (list: readonly { readonly amount: number }[]): number =>
  list.reduce((total, { amount }) => total + amount, 0);

const PAID = ['completed', 'partially_refunded', 'refunded', 'disputed'];
const ENDED = ['failed', 'expired', 'cancelled'];
/** Nothing but the sum can be said. */
const ANYTHING = { statuses: [...PAID, ...ENDED, 'pending', 'creating'], must: [], may: URGENCY } as const;

export function expect(facts: Facts): Expected {
  const { asked, charges, document } = facts;
  const captured = sum(charges.filter(({ currency }) => currency === asked.currency));
  if (facts.isAmbiguous) return { ...ANYTHING, captured };
  const must = document === null ? mustWithout(facts) : mustWith(facts);
  // A refund that counted and was taken back stays counted until a person has decided.
  const paid = facts.mayBeReversed ? PAID : [statusWith(facts)];
  const statuses = document === null ? statusesWithout(must) : paid;
  const may = mayOf(facts);
  // Until then it also counts as back of a charge that is not documented, about which nobody else is asked.
  if (facts.mayBeReversed) return { statuses, captured, must: [], may: inOrder(new Set([...must, ...may])) };
  return { statuses, captured, must: inOrder(must), may: inOrder(may) };
}

/** Charges that no document stands for, and of which something is still here. */
const heldOf = (facts: Facts): readonly LedgerTransaction[] =>
  facts.charges.filter((charge) => charge.id !== facts.document?.chargeId && leftOf(facts, charge) > 0);

function mustWithout(facts: Facts): ReadonlySet<string> {
  const held = heldOf(facts);
  if (held.length === 0) return new Set();
  return new Set([held.some((charge) => !isExact(facts, charge)) ? 'amount_mismatch' : '(a document)']);
}

function mustWith(facts: Facts): ReadonlySet<string> {
  const must = new Set<string>();
  if (heldOf(facts).length > 0) must.add('duplicate_payment');
  if (isSuspended(facts)) must.add('provider_dispute');
  if (facts.wasGivenUp && !isDecided(facts, 'late_success')) must.add('late_success');
  // More went back than the document says: of the rest there can be no document, and a person hears of it.
  if (backOf(facts) > (facts.document?.total ?? 0) && !isDecided(facts, 'reconciliation'))
    must.add('reconciliation');
  return must;
}

function mayOf(facts: Facts): ReadonlySet<string> {
  const may = new Set<string>();
  const { returns, byHand, mayBeReversed, hasFailedPush, hasOtherVat } = facts;
  if (hasFailedPush) may.add('push_failed');
  if (hasOtherVat) may.add('document_mismatch');
  if (returns.length > 0 || byHand > 0 || mayBeReversed || facts.wasMisread) may.add('reconciliation');
  if (mayBeReversed) may.add('refund_reversed');
  for (const reason of ['late_success', 'duplicate_payment', 'provider_dispute'])
    if (isHeldOn(facts, reason)) may.add(reason);
  return may;
}

/** Whether what is shown is what the model says. Null: it is. */
export function contradiction(
  expected: Expected,
  shown: {
    readonly status: string;
    readonly review: string | null;
    readonly outcome: string;
    readonly captured: number;
  },
): string | null {
  const say = `it shows ${JSON.stringify(shown)}, and the model says ${JSON.stringify(expected)}`;
  if (
    shown.captured !== expected.captured ||
    !expected.statuses.includes(shown.status) ||
    shown.outcome !== 'known'
  )
    return say;
  const [most] = expected.must;
  if (shown.review === null) return most === undefined ? null : say;
  if (shown.review === most) return null;
  const isMoreUrgent = most === undefined || URGENCY.indexOf(shown.review) < URGENCY.indexOf(most);
  return isMoreUrgent && expected.may.includes(shown.review) ? null : say;
}

const inOrder = (reasons: ReadonlySet<string>): string[] =>
  [...reasons].sort((one, other) => URGENCY.indexOf(one) - URGENCY.indexOf(other));

const isExact = ({ asked }: Facts, { amount, currency }: LedgerTransaction): boolean =>
  amount === asked.amount && currency === asked.currency;

/** What of a charge is still with the business. */
function leftOf({ returns, takenOfOthers }: Facts, { id, amount }: LedgerTransaction): number {
  return amount - sum(returns.filter(({ reverses }) => reverses === id)) - (takenOfOthers.get(id) ?? 0);
}

const isDecided = ({ decisions }: Facts, review: string): boolean =>
  decisions.some((one) => one.review === review);
/** A decision that leaves things as they are. */
const isHeldOn = ({ decisions }: Facts, review: string): boolean =>
  decisions.some((one) => one.review === review && one.action === 'dismiss');

/** The documented money is with the bank, and no person has decided. */
function isSuspended(facts: Facts): boolean {
  const dispute = facts.disputes.get(facts.document?.chargeId ?? '');
  return (dispute === 'open' || dispute === 'lost') && !isDecided(facts, 'provider_dispute');
}

/** What went back of the documented charge, whichever way. */
const backOf = ({ document, returns, byHand, takenByBank }: Facts): number =>
  sum(returns.filter(({ reverses }) => reverses === document?.chargeId)) + byHand + takenByBank;

function statusWith(facts: Facts): string {
  const { document, takenBack } = facts;
  const total = document?.total ?? 0;
  const credited = Math.min(total, backOf(facts)) - takenBack;
  if (credited >= total) return 'refunded';
  if (isSuspended(facts)) return 'disputed';
  return credited > 0 ? 'partially_refunded' : 'completed';
}

/** Unpaid, it has ended; while a person holds its money it may stand as it stood. */
function statusesWithout(must: ReadonlySet<string>): readonly string[] {
  return must.size === 0 ? ENDED : [...ENDED, 'pending', 'creating'];
}
