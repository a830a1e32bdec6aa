import {
  closeNews,
  findPendingChargeSince,
  listOpenNews,
  putOffNews,
  setChargeUnderWay,
} from '../../db/news.ts';
import type { OpenNews } from '../../db/news.ts';
import { findPayment } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { markPagesDead } from '../../db/provider-pages.ts';
import { askPerson } from '../../db/review-questions.ts';
import { inOneTrip, inWorkspace } from '../../db/transaction.ts';
import { isOpen, isPaid } from '../../domain/payment.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { tell } from '../../history/tell.ts';
import type { ActivityContext } from '../context.ts';
import { confirmDelayMs, newsDueAt } from '../../domain/poll-schedule.ts';
import type { Question, Verification } from './verification.ts';
import { updateStanding } from './update-standing.ts';

/** After this time it counts as lost. */
const IN_HAND_MS = 3_600_000;

/** The answer. */
interface Answer {
  readonly verification: Verification;
  /** Pages that can no longer be paid. */
  readonly deadPageIds: readonly string[];
  /** Inbox rows that were open when the question was asked. */
  readonly openIds: readonly string[];
}

/**
 * Runs after the provider was asked. It closes inbox rows that the books now cover, and delays the others. A pending
 * charge makes the outcome of the payment unknown, with a time for the next question. So does a signed one that is not
 * shown yet. A page that ended early is marked dead, so that the link makes a new one. Rows of a payment that is about
 * to be settled are closed by `settlePayment`.
 */
export function waitForNews(
  { pool }: Pick<ActivityContext, 'pool'>,
  question: Question,
  { verification, deadPageIds, openIds }: Answer,
): Promise<Verification> {
  const { workspaceId, paymentId } = question;
  const { verdict } = verification;
  if (verdict === 'paid') return Promise.resolve(verification);
  return inWorkspace(pool, workspaceId, async (tx) => {
    await closeNews(tx, paymentId, openIds, verdict);
    if (deadPageIds.length > 0) await markPagesDead(tx, paymentId, deadPageIds);
    const now = new Date();
    const payment = await findPayment(tx, paymentId);
    const isWaiting = payment !== null && !isPaid(payment.status) && verdict !== 'held';
    // A running workflow asks again by itself. If it has ended, its rows start a late one.
    const isOwn = isWaiting && isOpen(payment.status);
    const open = (await listOpenNews(tx, paymentId))
      .filter(({ id }) => openIds.includes(id))
      .map((row) => ({ ...row, dueAt: newsDueAt(row.receivedAt, now, isOwn) }));
    const since = isWaiting ? await underWaySince(tx, paymentId, open) : null;
    const nextCheckAt = since === null ? null : new Date(now.getTime() + confirmDelayMs(since, now));
    await putOffNews(tx, open);
    const review = await keepWaiting(tx, { workspaceId, paymentId }, { open, nextCheckAt });
    return underWay({ ...verification, review: review ?? verification.review }, nextCheckAt);
  });
}

/** Updates the payment for what is waited for and what no longer is. Returns its review if it did. */
async function keepWaiting(
  tx: Sql,
  owner: { readonly workspaceId: string; readonly paymentId: string },
  now: { readonly open: readonly Waiting[]; readonly nextCheckAt: Date | null },
): Promise<ReviewReason | null> {
  const unshown = now.open.filter(({ dueAt }) => dueAt === null);
  await askAbout(tx, owner, unshown);
  const isChanged = await setChargeUnderWay(tx, owner.paymentId, now.nextCheckAt);
  if (!isChanged && unshown.length === 0) return null;
  return (await updateStanding(tx, owner.paymentId)).now.review;
}

/** An inbox row and when to look at it again; null for never. */
type Waiting = OpenNews & { readonly dueAt: Date | null };

function underWay(verification: Verification, nextCheckAt: Date | null): Verification {
  if (nextCheckAt === null || verification.verdict !== 'unchanged') return verification;
  return { ...verification, verdict: 'under_way', nextCheckAt: nextCheckAt.toISOString() };
}

/**
 * The provider did not answer and is asked again, however long it takes. Meanwhile nobody need be signalled about
 * these rows.
 */
export async function keepInHand(
  { pool }: Pick<ActivityContext, 'pool'>,
  { workspaceId }: Question,
  openIds: readonly string[],
): Promise<void> {
  const dueAt = new Date(Date.now() + IN_HAND_MS);
  const news = openIds.map((id) => ({ id, dueAt }));
  await inOneTrip(pool, workspaceId, (tx) => [putOffNews(tx, news)]);
}

/** The vendor signed it and has not shown it for 90 days. It is no longer asked about, so a person must look. */
async function askAbout(
  tx: Sql,
  owner: { readonly workspaceId: string; readonly paymentId: string },
  rows: readonly OpenNews[],
): Promise<void> {
  for (const { id, kind } of rows) {
    await askPerson(tx, { ...owner, reason: 'reconciliation', subject: id });
    const summary = `The provider announced a ${kind ?? 'transaction'} 90 days ago and never showed it: check its dashboard`;
    await tell(tx, owner, { kind: 'news_unconfirmed', summary, detail: { providerEventId: id } });
  }
}

/** Since when money is on its way; null if there is none. */
async function underWaySince(tx: Sql, paymentId: string, open: readonly Waiting[]): Promise<Date | null> {
  const pendingSince = await findPendingChargeSince(tx, paymentId);
  const signedSince = open.find(({ kind, dueAt }) => kind === 'charge' && dueAt !== null)?.receivedAt ?? null;
  const found = [pendingSince, signedSince].filter((at) => at !== null);
  return found.length === 0 ? null : new Date(Math.min(...found.map((at) => at.getTime())));
}
