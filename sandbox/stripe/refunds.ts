import { newSlip } from '../attempts.ts';
import { isFields } from '../fields.ts';
import type { Fields, Transaction } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import type { Happening, VendorCall, VendorDeps } from '../vendor.ts';
import { invalidRequest, noSuch } from './api-error.ts';
import { toNotices } from './events.ts';
import type { Origin, StripeEvent } from './events.ts';
import { newId } from './ids.ts';
import { referenceOf } from './money-reads.ts';
import { toCharge } from './money-views.ts';
import { toRefund } from './other-views.ts';
import { textsOf } from './parameters.ts';
import { atSettling, chargeStatus, disputesOf, isInquiry, refundedOf, refundStatus } from './picture.ts';
import type { Picture } from './picture.ts';
import { REFUND_CREATE } from './request-shapes.ts';
import { toRow } from './stripe-books.ts';
import type { StripeBooks } from './stripe-books.ts';
import type { Endpoint, StripeRequest } from './stripe-route.ts';

type Deps = VendorDeps & { books: StripeBooks };

/**
 * `POST /v1/refunds`: in full or in part, never more than is left. It sends events to the endpoints of the account.
 */
export function createRefund(deps: Deps): Endpoint {
  return {
    verb: 'post',
    path: '/v1/refunds',
    operation: 'refund',
    shape: REFUND_CREATE,
    kind: 'refund',
    referenceOf: (call) => refundReference(deps, call),
    run: (request) => {
      const { picture, charge } = findCharge(deps.books, request);
      const { refund, object, entries, notices } = giveBack(deps, picture, charge, request);
      const { provider, checkoutId } = charge;
      const subject = { provider, checkoutId, transactionId: refund.id, mode: 'refund' };
      const batches = notices.map((notice) => [notice]);
      return { object, entries, deliveries: deps.webhooks.plan(subject, batches) };
    },
  };
}

/** Our refund's id if the metadata has one, else our payment's. */
function refundReference({ ledger, books }: Deps, { body }: VendorCall): string | null {
  if (!isFields(body)) return null;
  const named = Object.entries(textsOf(body['metadata'])).find(([key]) => /refund/i.test(key))?.[1];
  return (
    named ?? referenceOf(ledger, books, textOrNull(body['payment_intent']) ?? textOrNull(body['charge']))
  );
}

function findCharge(
  books: StripeBooks,
  { caller, fields }: StripeRequest,
): { picture: Picture; charge: Transaction } {
  const paidId = findPaidOf(books, caller.account, textOrNull(fields['payment_intent']));
  const id = textOrNull(fields['charge']) ?? paidId;
  if (id === null)
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
      undefined,
      'parameter_missing',
    );
  const found = books.charge(caller.account, id);
  if (found === null) throw noSuch('charge', id, 'charge');
  if (paidId !== null && id !== paidId)
    throw invalidRequest(`The charge ${id} is not the paid one of the PaymentIntent`, 'charge');
  return { picture: found.picture, charge: found.transaction };
}

/** The charge of the named PaymentIntent, null if none was named. */
function findPaidOf(books: StripeBooks, account: string, intentId: string | null): string | null {
  if (intentId === null) return null;
  const found = books.intent(account, intentId);
  if (found === null) throw noSuch('payment_intent', intentId, 'payment_intent');
  const paid = found.intent.charges.find((one) => chargeStatus(one, found.picture) === 'succeeded');
  if (paid === undefined)
    throw invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`);
  return paid.id;
}

function readAmount(picture: Picture, charge: Transaction, fields: Fields): number {
  if (chargeStatus(charge, picture) !== 'succeeded')
    throw invalidRequest(`Charge ${charge.id} is not paid, so it cannot be refunded.`, 'charge');
  if (disputesOf(picture, charge).some((one) => one.status !== 'won' && !isInquiry(one)))
    throw invalidRequest(
      `Charge ${charge.id} has been charged back; it cannot be refunded.`,
      undefined,
      'charge_disputed',
    );
  const left = charge.amount - refundedOf(picture, charge);
  if (left === 0)
    throw invalidRequest(
      `Charge ${charge.id} has already been refunded.`,
      undefined,
      'charge_already_refunded',
    );
  const amount = fields['amount'] === undefined ? left : Number(fields['amount']);
  if (amount > left)
    throw invalidRequest(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      'amount',
    );
  return amount;
}

/** A refund with these fields of a request: its object, its records and its events. Throws ApiError. */
export function giveBack(
  { ledger, books, now }: Deps,
  picture: Picture,
  charge: Transaction,
  { fields, origin }: Pick<StripeRequest, 'fields'> & { origin: Origin },
): Happening & { refund: Transaction; object: Fields } {
  // Stripe counts what it does not show yet, too.
  const refunds = ledger.transactionsOf(picture.checkout.id).filter(({ kind }) => kind === 'refund');
  const amount = readAmount({ ...picture, refunds }, charge, fields);
  const at = now().toISOString();
  const refund: Transaction = {
    ...charge,
    id: newId('re'),
    kind: 'refund',
    // Its final state; until then it looks good.
    approved: charge.method !== 'card-refund-fails',
    amount,
    installments: 1,
    reference: charge.reference,
    reverses: charge.id,
    at,
    visibleAt: at,
    slip: newSlip(),
  };
  const asked = { metadata: textsOf(fields['metadata']), reason: textOrNull(fields['reason']) };
  const after = { ...picture, at: new Date(at), refunds: [...picture.refunds, refund] };
  const events = refundEvents(after, refundedOf(picture, charge), charge, refund, asked);
  const notices = toNotices(events, books.endpoints(charge.account), now(), undefined, origin);
  return {
    refund,
    object: toRefund(after, refund, asked),
    entries: [{ kind: 'transaction', transaction: refund }, toRow('refund', refund.id, asked)],
    notices,
  };
}

function refundEvents(
  picture: Picture,
  refundedBefore: number,
  charge: Transaction,
  refund: Transaction,
  asked: Fields,
): StripeEvent[] {
  const later = atSettling(picture);
  const status = refundStatus(refund, picture);
  const end = refundStatus(refund, later);
  const change = { object: toRefund(later, refund, asked), previous: { status }, afterMs: picture.lagMs };
  return [
    { type: 'refund.created', object: toRefund(picture, refund, asked) },
    {
      type: 'charge.refunded',
      object: toCharge(picture, charge),
      previous: { amount_refunded: refundedBefore, refunded: false },
    },
    ...(status === end ? [] : [{ type: 'refund.updated', ...change }]),
    ...(end === 'failed' ? [{ type: 'refund.failed', ...change }] : []),
  ];
}
