import {
  allHandlersFinished,
  condition,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { UnpaidEnd } from '../../domain/payment.ts';
import type { CheckAnswer, CollectPaymentInput, LinkAnswer } from '../messages.ts';
import { NO_PAGE, SEARCH_ATTRIBUTES } from '../messages.ts';
import { actOnNews, end } from './act-on-news.ts';
import type { Outcome } from './act-on-news.ts';
import { poll } from './ask-provider.ts';
import { finishPaper } from './finish-paper.ts';
import { goOnIfLong, isInterrupted, isWithoutPage, openRun } from './run.ts';
import type { Run } from './run.ts';

/**
 * One payment, from its link to its pushed document. It waits as long as it takes. A webhook, a returning payer and
 * the poll all go through `verifyPayment` (which asks the provider) to `settlePayment` (one transaction).
 */
export async function collectPayment(input: CollectPaymentInput): Promise<CheckAnswer> {
  const run = await openRun(input);
  const { signals, view } = run;
  let documentId = input.carried?.documentId ?? null;
  if (documentId === null && input.carried?.isOver !== true) documentId = await awaitMoney(run);
  // Money may arrive while the payment is being ended without any.
  if (documentId === null) documentId = await actOnRest(run);
  if (documentId !== null) await finish(run, documentId);
  while (signals.hasNews()) await actOnNext(run);
  await condition(allHandlersFinished);

  const { check } = view;
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.paymentStatus, value: check.status },
    { key: SEARCH_ATTRIBUTES.review, value: check.review },
  ]);
  setCurrentDetails(`Ended as ${check.status}${check.review ? `, in review: ${check.review}` : ''}.`);
  return check;
}

/** Handles what came while the payment was being ended, up to the first document. */
async function actOnRest(run: Run): Promise<string | null> {
  let documentId: string | null = null;
  while (documentId === null && run.signals.hasNews()) documentId = documentOf(await actOnNext(run));
  return documentId;
}

/** The payment has ended; only news is still handled. */
async function actOnNext(run: Run): Promise<Outcome | null> {
  await goOnIfLong(run, { documentId: null, isOver: true });
  return actOnNews(run, run.signals.take());
}

/** Waits until the payment is paid and documented (returns the document's id), or has ended without money (null). */
async function awaitMoney(run: Run): Promise<string | null> {
  const { page, view } = run;
  if (isWithoutPage(run)) {
    setCurrentDetails('Making the payment page at the provider.');
    page.start();
  }
  for (;;) {
    await goOnIfLong(run, { documentId: null, isOver: false });
    const outcome = await takeStep(run);
    if (outcome === null) continue;
    page.stop();
    view.link ??= NO_PAGE;
    return documentOf(outcome);
  }
}

/** In order of importance: a finished page, news, and only then the time. */
async function takeStep(run: Run): Promise<Outcome | null> {
  const { signals, page } = run;
  if (page.hasNews()) return takePage(run);
  if (signals.hasNews()) return actOnNews(run, signals.take());
  if (page.isBusy() && !page.isSlow()) {
    await condition(() => isInterrupted(run) || page.isSlow());
    return null;
  }
  const dueAt = dueAtOf(run);
  if (dueAt > Date.now()) {
    setCurrentDetails(`Waiting for the payer. Polling starts at ${new Date(dueAt).toISOString()}.`);
    await condition(() => isInterrupted(run), dueAt - Date.now(), { summary: 'Waiting for a webhook' });
    return null;
  }
  const isUnpayable = isWithoutPage(run) && run.underWayFrom === null;
  const found = isUnpayable ? 'expired' : await poll(run);
  return found === 'expired'
    ? end(run, { status: 'expired', reason: run.isUnasked ? 'keys_refused' : 'link_expired' })
    : found;
}

/** When polling starts; for a payment without a page, which nobody can have paid, its expiry. */
function dueAtOf(run: Run): number {
  if (isWithoutPage(run)) return Date.parse(run.terms.expiresAt);
  return run.underWayFrom ?? Date.parse(run.terms.pollFrom);
}

/** A refused first page ends the payment. A refused later page does not: money may still come through the others. */
async function takePage(run: Run): Promise<Outcome | null> {
  const { page, view } = run;
  const answer = page.take();
  const isFirst = view.link === null;
  if (isFirst && answer.url === null) return end(run, failed(answer));
  view.link = answer;
  if (isFirst) view.check = { status: 'pending', review: null };
  return null;
}

function failed({ failure }: LinkAnswer): UnpaidEnd {
  const why = failure ?? NO_PAGE.failure;
  return { status: 'failed', reason: why.code, failure: why };
}

/** Prints and pushes. A review that the push opened shows in the result. */
async function finish(run: Run, documentId: string): Promise<void> {
  const { workspaceId } = run.input;
  const { print } = run.terms;
  const review = await finishPaper({ workspaceId, documentId, print }, run.signals, {
    actOnNews: (news) => actOnNews(run, news),
    mayStop: () => goOnIfLong(run, { documentId, isOver: false }),
  });
  const { check } = run.view;
  run.view.check = { ...check, review: check.review ?? review ?? null };
}

function documentOf(outcome: Outcome | null): string | null {
  return outcome === null || outcome === 'ended' ? null : outcome.documentId;
}
