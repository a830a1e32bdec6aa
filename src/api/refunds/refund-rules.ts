import type { PaymentRow } from '../../db/payments.ts';
import type { RefundRow } from '../../db/refunds.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { dayInZone } from '../../domain/calendar.ts';
import type { CreditItem } from '../../domain/credit-lines.ts';
import type { Day } from '../../domain/calendar.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import { toSumText } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import { leftAtVendor } from '../../domain/refund.ts';
import type { Standing } from '../../domain/standing.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { creditItems } from './credit-items.ts';
import type { CreateRefundBody } from './refund-schema.ts';

/** What a refund is checked against. The payment is locked. */
export interface RefundSurroundings {
  readonly payment: PaymentRow;
  /** Its standing. */
  readonly standing: Standing;
  readonly refunds: readonly RefundRow[];
  /** The document of the payment; null if there is none. */
  readonly original: DocumentRow | null;
  /** All documents of the payment. */
  readonly documents: readonly DocumentRow[];
  readonly workspace: Workspace;
  /** Whether the money can be refunded the way it came. */
  readonly canGoBack: boolean;
  /** For the documented charge: how much of it the vendor can refund, in minor units. Null for all of it. */
  readonly refundable: number | null;
  /** For the documented charge: what of it the payer's bank has or holds (`withBank`). */
  readonly atBank: number;
  readonly now: Date;
}

/** A refund that is allowed: minor units, and the lines of its credit where they are known. */
interface AllowedRefund {
  readonly amount: number;
  readonly items: readonly CreditItem[] | null;
}

/** @throws Problem naming the field, or why no refund is possible now */
export function checkRefund(body: CreateRefundBody, around: RefundSurroundings): AllowedRefund {
  checkCurrency(body, around);
  checkMethod(body, around);
  const original = checkIsRefundable(around);
  const { left } = around.standing.refund;
  const amount = body.amount ?? sumOf(body.items) ?? left;
  if (left <= 0 || amount > left) {
    const sum = toSumText(left, original.currency);
    throw new Problem(
      'refund_exceeds_charge',
      `only ${sum} of this payment can still be refunded; refunds in progress are already counted`,
    );
  }
  checkMeans(body, around, original, amount);
  checkIsAlone(around);
  return { amount, items: creditItems({ ...around, original, amount, items: body.items ?? null }) };
}

/** Above 2^53 it counts as 2^53: more than any payment has. */
function sumOf(items: CreateRefundBody['items']): number | undefined {
  return items?.reduce((sum, { amount }) => Math.min(sum + amount, Number.MAX_SAFE_INTEGER), 0);
}

/** A second refund in progress could not be told from this one. */
function checkIsAlone({ standing }: RefundSurroundings): void {
  if (standing.refund.refusal !== 'in_flight') return;
  throw new Problem('outcome_unknown', 'another refund of this payment is still waiting for its answer', {
    retryAfterSeconds: 2,
  });
}

/**
 * If a payment has several means, only some can be refunded the way they came, such as the card beside a gift card. What the
 * payer's bank took in a dispute, the payer has: no provider gives it back a second time.
 */
function checkMeans(
  { method }: CreateRefundBody,
  { refundable, atBank, refunds, payment }: RefundSurroundings,
  original: DocumentRow,
  amount: number,
): void {
  if ((refundable === null && atBank === 0) || method !== 'original') return;
  const own = refunds.filter(({ chargeId }) => chargeId === original.transactionId);
  const left = leftAtVendor({ amount: original.total, refundable }, own) - atBank;
  if (amount <= left) return;
  if (atBank > 0) {
    const { currency } = original;
    const rest = `only ${toSumText(Math.max(left, 0), currency)} can be refunded through ${payment.provider}`;
    throw new Problem('refund_exceeds_charge', `${rest}: ${wentToTheBank(atBank, currency)}`);
  }
  const why = onlyTheCardPart(left, original.currency, payment.provider);
  throw new Problem(
    'refund_exceeds_charge',
    `${why}. Refund that by hand and record it with method cash, bank_transfer or check`,
  );
}

/** That the payer's bank has this much of a charge, in minor units; all of it where nobody knows how much. */
export function wentToTheBank(amount: number, currency: string): string {
  const sum = Number.isFinite(amount) ? `${toSumText(amount, currency)} of it` : 'money in another currency';
  return `${sum} went to the payer’s bank in a dispute, so the payer has it already`;
}

/** Why no more than `left` minor units can be refunded. */
export function onlyTheCardPart(left: number, currency: Currency, provider: string): string {
  const sum = toSumText(Math.max(left, 0), currency);
  return `only ${sum} can be refunded through ${provider}, to the card: the rest was paid in other ways`;
}

function checkCurrency({ currency }: CreateRefundBody, { payment }: RefundSurroundings): void {
  if (currency !== undefined && currency !== payment.currency)
    throw fieldProblem('#/currency', `must be ${payment.currency}, the currency of the payment`);
}

function checkMethod({ method, paidOn }: CreateRefundBody, around: RefundSurroundings): void {
  const { payment } = around;
  const isByHand = method !== 'original' || payment.provider === 'manual';
  if (!isByHand && !around.canGoBack) {
    const ways = 'refund the money yourself and record it as cash, bank_transfer or check';
    throw fieldProblem(
      '#/method',
      `${payment.provider} cannot make refunds; ${ways}`,
      'unsupported_operation',
    );
  }
  if (paidOn === undefined) return;
  if (!isByHand) throw fieldProblem('#/paidOn', 'leave it out: the provider decides the day of the refund');
  checkDay(paidOn, around);
}

/** Money cannot go back before it came. The credit document bears this day where it may (domain/document-day.ts). */
function checkDay(paidOn: Day, { workspace, original, now }: RefundSurroundings): void {
  if (paidOn > dayInZone(now, workspace.timeZone))
    throw fieldProblem('#/paidOn', 'must not be in the future');
  const cameOn = original === null ? null : (original.content.movedFromDay ?? original.documentDate);
  if (cameOn !== null && paidOn < cameOn)
    throw fieldProblem('#/paidOn', `must not be before ${cameOn}, the day on which the money came`);
}

function checkIsRefundable({ payment, standing, original }: RefundSurroundings): DocumentRow {
  const { refusal } = standing.refund;
  if (refusal === 'outcome_unknown') {
    throw new Problem(
      'outcome_unknown',
      'the outcome of an earlier charge or refund is still unknown; the provider is being asked',
      { retryAfterSeconds: 30 },
    );
  }
  if (refusal === 'disputed')
    throw new Problem('not_refundable', 'this charge is disputed: resolve the review instead');
  if (original === null)
    throw new Problem('not_refundable', `a payment with status ${payment.status} has nothing to refund`);
  return original;
}
