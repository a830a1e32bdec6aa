import { exponentOf, toMajorText } from '../../../domain/money.ts';
import { isProviderError, ProviderError } from '../../../domain/provider-error.ts';
import type { ProviderRefund, ProviderTransaction, RefundOrder } from '../payment-provider.ts';
import type { Client } from './client.ts';
import { findPayment } from './find-payment.ts';
import { voidIdOf } from './implied-refunds.ts';
import { meaningOf } from './wire.ts';
import type { WireRefund } from './wire.ts';

/** A refund of a charge with a known token. */
type SendableRefund = RefundOrder & { readonly charge: { readonly secret: string } };

/**
 * Already at the bank: Grow's people approve such a refund by hand.
 * Source: docs/reference/grow.md, "Error ids".
 */
const BY_HAND = '110';
/** Refunded, cancelled before transmission, or the record of a refund. */
const DONE = new Set(['3', '4', '6']);
/** Not transmitted yet: no money moved, and the same refund works later. */
const TOO_EARLY = new Set(['130', '207']);
const SOONEST_MS = 5_000;
const LATEST_MS = 30 * 60_000;

const UNTIL_TRANSMITTED =
  'until Grow sends the charge to the bank, after its day, it refunds only the whole sum: this refund waits until then';
const TOO_MUCH = 'Grow refuses the amount: it is more than what is left of the charge';
const FAILED = 'Grow failed the refund; after two refunds of a charge, only its support makes more';

/** Why a refund was refused, for a person. */
const REASONS: Readonly<Record<string, string>> = {
  '10': FAILED,
  '105': TOO_MUCH,
  '107': FAILED,
  '115': 'the balance at Grow does not cover the refund: wait for further payments, or ask Grow',
  '130': UNTIL_TRANSMITTED,
  '190': TOO_MUCH,
  '207': UNTIL_TRANSMITTED,
  '210': 'Grow has already refunded this charge: nothing is left to refund',
  '218': TOO_MUCH,
};

/**
 * Sends a refund, once: Grow has no idempotency key, so a lost answer is looked up and never repeated.
 * @throws ProviderError `rejected` with a sentence if Grow refuses; with `retryAfterMs` if it is only too early
 */
export async function refundCharge(
  client: Client,
  order: SendableRefund,
  now: () => Date,
): Promise<ProviderRefund> {
  const { charge } = order;
  const sum = toMajorText(order.amount, exponentOf(order.currency));
  try {
    const { transactionId, statusCode } = await client.refund(charge.transactionId, charge.secret, sum);
    if (!DONE.has(statusCode)) return { transactionId, status: 'pending', rawCode: statusCode };
    if (order.amount < charge.amount) return { transactionId, status: 'succeeded', rawCode: statusCode };
    return await toWholeRefund(client, order, { transactionId, statusCode }, now());
  } catch (error) {
    if (!isProviderError(error) || error.code !== 'rejected') throw error;
    if (error.vendorCode === BY_HAND) return { transactionId: null, status: 'pending', rawCode: BY_HAND };
    throw toRefusal(error.vendorCode, error.message, now().getTime() - charge.paidAt.getTime());
  }
}

/**
 * A full refund is a cancellation before transmission and a refund after it, and the answers look the same. So the
 * charge is read again, and the refund gets the id that read-backs give it. `unseen`: not shown yet, a read-back will
 * show it.
 */
async function toWholeRefund(
  client: Client,
  { paymentId, page, charge }: SendableRefund,
  answer: WireRefund,
  now: Date,
): Promise<ProviderRefund> {
  const query = { paymentId, pages: page === null ? [] : [page], transactions: [charge] };
  const told: readonly ProviderTransaction[] = await findPayment(client, query, now).then(
    ({ transactions }) => transactions,
    () => [],
  );
  const names = [answer.transactionId, voidIdOf(charge.transactionId)];
  const transaction = told.find((one) => one.kind === 'refund' && names.includes(one.transactionId));
  if (transaction === undefined) return { transactionId: null, status: 'unseen', rawCode: answer.statusCode };
  return { transactionId: transaction.transactionId, status: 'succeeded', rawCode: transaction.rawCode };
}

/** When Grow answers "too early", retry after the charge's current age, so the pauses grow. */
function toRefusal(vendorCode: string | null, message: string, ageMs: number): ProviderError {
  const retryAfterMs = TOO_EARLY.has(vendorCode ?? '')
    ? Math.min(Math.max(ageMs, SOONEST_MS), LATEST_MS)
    : null;
  return new ProviderError('rejected', meaningOf(REASONS, vendorCode) ?? message, {
    vendorCode,
    retryAfterMs,
  });
}
