import { findPayment, lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import { isRefusedByTheBooks, ruleOf } from '../../db/pool.ts';
import type { Sql, SqlTransaction } from '../../db/pool.ts';
import { findResolution, markApplied } from '../../db/review-resolutions.ts';
import type { ResolutionRow } from '../../db/review-resolutions.ts';
import { listDocumentIdsSince } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { PaymentStatus, ReviewReason } from '../../domain/payment.ts';
import { impossible } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { judgeBooks } from '../books/judge-books.ts';
import { closeReviewByPerson, keepReviewOpen } from '../../history/reviews.ts';
import { tell } from '../../history/tell.ts';
import { DECISIONS } from './decisions.ts';

interface ResolutionIds {
  readonly workspaceId: string;
  readonly resolutionId: string;
}

/** The payment after a decision, and the documents that must still be printed and pushed. */
export interface AppliedResolution {
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
  readonly documentIds: readonly string[];
}

/**
 * Carries out the decision of a person in one transaction. Then the standing is updated, because another reason may be
 * behind the closed one. A second call changes nothing and names the same documents, because the answer of the first
 * one may be lost. A decision that the books do not allow, or whose review is no longer shown, is void. The timeline
 * says why, the API tells its caller, and a new one may be made.
 */
export function createApplyResolution(context: ActivityContext) {
  return async function applyResolution(order: ResolutionIds): Promise<AppliedResolution> {
    try {
      return await inWorkspace(context.pool, order.workspaceId, (tx) => apply(context, tx, order));
    } catch (error) {
      if (!isRefusedByTheBooks(error)) throw error;
      context.logger.error(
        { err: error, resolutionId: order.resolutionId },
        'a decision was refused by the books',
      );
      return inWorkspace(context.pool, order.workspaceId, (tx) => makeVoid(tx, order, refusedBy(error)));
    }
  };
}

async function apply(
  context: ActivityContext,
  tx: SqlTransaction,
  order: ResolutionIds,
): Promise<AppliedResolution> {
  const { resolution, payment } = await load(tx, order);
  if (resolution.appliedAt !== null) return asApplied(tx, payment, resolution.appliedAt);
  if (payment.review !== resolution.review) return makeVoid(tx, order, OVERTAKEN);
  const decide = DECISIONS[resolution.review][resolution.action];
  let documentIds: readonly string[] = [];
  if (isHeldOn(resolution)) await keepReviewOpen(tx, resolution);
  else if (decide !== undefined) {
    const subjects = await closeReviewByPerson(tx, resolution);
    documentIds = await decide({ context, tx, payment: { ...payment, review: null }, resolution, subjects });
    const after = await lockPayment(tx, payment.id);
    if (after !== null) await judgeBooks(tx, after);
  }
  await markApplied(tx, resolution.id);
  const now = (await findPayment(tx, payment.id)) ?? payment;
  return { status: now.status, review: now.review, documentIds };
}

/** Later documents may be among them: each is printed and pushed once, however often that is asked. */
async function asApplied(tx: Sql, payment: PaymentRow, appliedAt: Date): Promise<AppliedResolution> {
  const documentIds = await listDocumentIdsSince(tx, payment, appliedAt);
  return { status: payment.status, review: payment.review, documentIds };
}

const OVERTAKEN = 'it no longer matches the payment. Review it again';

const refusedBy = (error: unknown): string =>
  `a rule of the books refuses it (${ruleOf(error)}). The review stays open: put right what the rule asks for, then decide again`;

/** `why` is a sentence without its full stop. */
async function makeVoid(tx: Sql, order: ResolutionIds, why: string): Promise<AppliedResolution> {
  const { resolution, payment } = await load(tx, order);
  // The answer of an earlier try that carried it out, or said so, may be lost.
  if (resolution.appliedAt !== null) return asApplied(tx, payment, resolution.appliedAt);
  await markApplied(tx, resolution.id);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await tell(tx, owner, {
    kind: 'resolution_void',
    summary: `The decision about ${resolution.review} was not carried out: ${why}`,
    detail: { resolutionId: resolution.id },
  });
  return { status: payment.status, review: payment.review, documentIds: [] };
}

async function load(
  tx: Sql,
  order: ResolutionIds,
): Promise<{ resolution: ResolutionRow; payment: PaymentRow }> {
  const found = await findResolution(tx, order.resolutionId);
  const payment = found === null ? null : await lockPayment(tx, found.paymentId);
  // Read again: another try may have applied it while this one waited for the payment.
  const resolution = await findResolution(tx, order.resolutionId);
  if (resolution === null || payment === null)
    throw impossible('no_such_resolution', `no resolution ${order.resolutionId}`);
  return { resolution, payment };
}

/** A wrong sum that was neither documented nor given back stays held. */
function isHeldOn({ review, action }: { review: ReviewReason; action: string }): boolean {
  return review === 'amount_mismatch' && action === 'dismiss';
}
