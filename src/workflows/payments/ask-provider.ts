import { CancellationScope, condition, setCurrentDetails } from '@temporalio/workflow';
import type { Question, Verification } from '../../activities/books/verification.ts';
import { isGivenUp, isOpen } from '../../domain/payment.ts';
import { durable, localFirst, polling, quick } from '../call-policies.ts';
import { isInterrupted } from './run.ts';
import type { Run } from './run.ts';

/** The result of some news for the payment. Without a document, a person must decide, or the payment has ended. */
export interface Found {
  readonly documentId: string | null;
  readonly review: string | null;
}

/** Asks the provider, and settles the payment if there is money. Null: nothing has changed. */
export async function askProvider(
  run: Run,
  why: Pick<Question, 'eventIds' | 'isAsked' | 'unlessSettled'>,
): Promise<Found | null> {
  const question = { ...idsOf(run), ...why, eventIds: [...why.eventIds] };
  const verification = await localFirst(
    () => quick.verifyPayment(question),
    () => durable.verifyPayment(question),
  );
  return settle(run, verification, why.eventIds);
}

/** Polls until the provider has news, the link has expired, or something else comes up. */
export async function poll(run: Run): Promise<Found | 'expired' | null> {
  const isUnderWay = run.underWayFrom !== null;
  setCurrentDetails(
    isUnderWay
      ? 'Money is on its way: asking the provider whether it arrived.'
      : 'No webhook came: polling the provider.',
  );
  const question = { ...idsOf(run), isUnderWay };
  const scope = new CancellationScope();
  const answer = scope.run(() => polling.pollPayment(question));
  const first = await Promise.race([answer, condition(() => isInterrupted(run))]);
  if (first === undefined) {
    scope.cancel();
    return null;
  }
  if (first === 'expired') {
    run.isUnasked = false;
    return first;
  }
  const found = await settle(run, first, []);
  // `unasked` comes only after the expiry of the link.
  return run.isUnasked && run.underWayFrom === null ? 'expired' : found;
}

/** The only way to `completed`, for news from any source. */
async function settle(
  run: Run,
  verification: Verification,
  eventIds: readonly string[],
): Promise<Found | null> {
  const { verdict, status, review, transactionId, nextCheckAt = null } = verification;
  const { view } = run;
  view.check = { status, review };
  run.isUnasked = verdict === 'unasked';
  run.underWayFrom = nextCheckAt === null ? null : Date.parse(nextCheckAt);
  const isOver = verdict === 'held' || isGivenUp(status);
  if (transactionId === null) return isOver ? { documentId: null, review } : null;

  const order = { ...idsOf(run), transactionId, eventIds: [...eventIds] };
  const settlement = await localFirst(
    () => quick.settlePayment(order),
    () => durable.settlePayment(order),
  );
  view.check = { status: settlement.status, review: settlement.review };
  const { documentId } = settlement;
  // The money was refunded meanwhile: nobody has paid.
  if (documentId === null && settlement.review === null && isOpen(settlement.status)) return null;
  return { documentId, review: settlement.review };
}

const idsOf = ({ input: { workspaceId, paymentId } }: Run) => ({ workspaceId, paymentId });
