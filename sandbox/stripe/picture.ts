import type { Checkout, Transaction } from '../ledger/records.ts';
import type { VendorDeps } from '../vendor.ts';

/** How long slow payments take to settle: bank debits, refunds of some test cards. */
const LAG_MS = 1_000;

/** Stripe's test cards and slow methods, for `method` of `pay`, and their effect on the charge. */
export const TEST_METHODS: Readonly<Record<string, Partial<Transaction>>> = {
  'card-refund-pending': {},
  'card-refund-fails': {},
  'us-bank-account': {},
  'us-bank-account-fails': { approved: false },
};

/** `warning_…`: an inquiry, in which no money moves. */
export type DisputeStatus = 'warning_needs_response' | 'warning_closed' | 'needs_response' | 'won' | 'lost';

export interface Dispute {
  id: string;
  checkoutId: string;
  chargeId: string;
  amount: number;
  currency: string;
  status: DisputeStatus;
  /** ISO instant. */
  createdAt: string;
  /** Read-backs show it from then on. */
  visibleAt: string;
}

/** A page and all its transactions, as the account sees them at one moment. */
export interface Picture {
  checkout: Checkout;
  /** It can no longer be paid: it expired or was closed. */
  isClosed: boolean;
  /** Attempts, oldest first. */
  charges: Transaction[];
  refunds: Transaction[];
  disputes: Dispute[];
  at: Date;
  /** How long slow things take. */
  lagMs: number;
}

/** A PaymentIntent: declined attempts share it with the one that succeeded. */
export interface Intent {
  id: string;
  charges: [Transaction, ...Transaction[]];
}

export const isDelayed = ({ method }: Transaction): boolean => method.startsWith('us-bank-account');

/** At least a millisecond on any time scale, because slow payments are first pending and then settled. */
export const toLagMs = ({ lag }: Pick<VendorDeps, 'lag'>, checkout: Checkout): number =>
  Math.max(1, lag(checkout, LAG_MS));

type Moment = Pick<Picture, 'at' | 'lagMs'>;

/** When something that started now is settled. */
export const atSettling = <Now extends Moment>(now: Now): Now => ({
  ...now,
  at: new Date(now.at.getTime() + now.lagMs),
});

const isSettled = ({ at }: Transaction, moment: Moment): boolean =>
  Date.parse(at) + moment.lagMs <= moment.at.getTime();

export function chargeStatus(charge: Transaction, at: Moment): 'succeeded' | 'pending' | 'failed' {
  if (isDelayed(charge) && !isSettled(charge, at)) return 'pending';
  return charge.approved ? 'succeeded' : 'failed';
}

/** A refund that fails later looks good at first, as with Stripe's test card for it. */
export function refundStatus(refund: Transaction, at: Moment): 'succeeded' | 'pending' | 'failed' {
  const isEnd = isSettled(refund, at);
  if (refund.method === 'card-refund-pending' && !isEnd) return 'pending';
  return refund.approved || !isEnd ? 'succeeded' : 'failed';
}

/** An attempt that completes the page; a further one is a separate payment. */
const endsIntent = (charge: Transaction): boolean => charge.approved || isDelayed(charge);

/** The PaymentIntents of the page, oldest first. Each is named after its first attempt. */
export function intentsOf({ charges }: Pick<Picture, 'charges'>): Intent[] {
  const intents: Intent[] = [];
  for (const charge of charges) {
    const open = intents.at(-1);
    if (open === undefined || open.charges.some(endsIntent))
      intents.push({ id: toIntentId(charge.id), charges: [charge] });
    else open.charges.push(charge);
  }
  return intents;
}

export const toIntentId = (chargeId: string): string => chargeId.replace(/^ch_/, 'pi_');
export const fromIntentId = (intentId: string): string => intentId.replace(/^pi_/, 'ch_');

export const isComplete = ({ charges }: Picture): boolean => charges.some(endsIntent);
export const latestOf = ({ charges }: Intent): Transaction => charges.at(-1) ?? charges[0];
export const intentOf = (picture: Picture, charge: Transaction): Intent | undefined =>
  intentsOf(picture).find(({ charges }) => charges.some(({ id }) => id === charge.id));

export const refundsOf = ({ refunds }: Picture, charge: Transaction): Transaction[] =>
  refunds.filter(({ reverses }) => reverses === charge.id);

/** What was refunded or is on its way; failed refunds do not count. */
export const refundedOf = (picture: Picture, charge: Transaction): number =>
  refundsOf(picture, charge)
    .filter((refund) => refundStatus(refund, picture) !== 'failed')
    .reduce((sum, { amount }) => sum + amount, 0);

export const isInquiry = ({ status }: Pick<Dispute, 'status'>): boolean => status.startsWith('warning_');

export const disputesOf = ({ disputes }: Picture, charge: Transaction): Dispute[] =>
  disputes.filter(({ chargeId }) => chargeId === charge.id);

/** Unix seconds, as everywhere in Stripe's API. */
export const toSeconds = (instant: string | Date): number =>
  Math.floor((typeof instant === 'string' ? Date.parse(instant) : instant.getTime()) / 1000);
