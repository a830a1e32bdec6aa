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
import { inWorkspace } from '../../db/transaction.ts';
import { isOpen, isPaid } from '../../domain/payment.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { tell } from '../../history/tell.ts';
import type { ActivityContext } from '../context.ts';
import { confirmDelayMs, newsDueAt } from '../payments/poll-schedule.ts';
import type { Question, Verification } from './verification.ts';
import { keepStanding } from './keep-standing.ts';

/** After this it counts as lost. */
const IN_HAND_MS = 3_600_000;

/** What was answered. */
interface Answer {
  readonly verification: Verification;
  /** Pages of the vendor that nobody can pay on any more. */
  readonly deadPageIds: readonly string[];
  /** Inbox rows that were open when the question was put. */
  readonly openIds: readonly string[];
}

/**
 * Runs after the provider was asked. It closes the inbox rows whose news the books now hold, and puts the others off. A
 * charge that is pending, or signed and not shown yet, leaves the outcome of the payment unknown: the payment says so, and
 * when the provider is asked next. A page that died early is marked dead, so that the payer's link makes a new one. Rows of
 * a payment that is about to be settled are closed by `settlePayment`.
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
    // A payment's own workflow asks again by itself; one that has ended is woken by its rows.
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

/** Brings the payment into line with what is waited for, and with what no longer is; its review, where that was done. */
async function keepWaiting(
  tx: Sql,
  owner: { readonly workspaceId: string; readonly paymentId: string },
  now: { readonly open: readonly Waiting[]; readonly nextCheckAt: Date | null },
): Promise<ReviewReason | null> {
  const unshown = now.open.filter(({ dueAt }) => dueAt === null);
  await askAbout(tx, owner, unshown);
  const isChanged = await setChargeUnderWay(tx, owner.paymentId, now.nextCheckAt);
  if (!isChanged && unshown.length === 0) return null;
  return (await keepStanding(tx, owner.paymentId)).now.review;
}

/** An inbox row with when it is looked at again; null: never. */
type Waiting = OpenNews & { readonly dueAt: Date | null };

function underWay(verification: Verification, nextCheckAt: Date | null): Verification {
  if (nextCheckAt === null || verification.verdict !== 'unchanged') return verification;
  return { ...verification, verdict: 'under_way', nextCheckAt: nextCheckAt.toISOString() };
}

/** The provider did not answer and is asked again for as long as it takes: meanwhile nobody need be told of these rows. */
export async function keepInHand(
  { pool }: Pick<ActivityContext, 'pool'>,
  { workspaceId }: Question,
  openIds: readonly string[],
): Promise<void> {
  const dueAt = new Date(Date.now() + IN_HAND_MS);
  await inWorkspace(pool, workspaceId, (tx) =>
    putOffNews(
      tx,
      openIds.map((id) => ({ id, dueAt })),
    ),
  );
}

/** The vendor signed it and has not shown it for 90 days. Nobody asks any more, so a person must look. */
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

/** Since when money is on its way; null where none is. */
async function underWaySince(tx: Sql, paymentId: string, open: readonly Waiting[]): Promise<Date | null> {
  const pendingSince = await findPendingChargeSince(tx, paymentId);
  const signedSince = open.find(({ kind, dueAt }) => kind === 'charge' && dueAt !== null)?.receivedAt ?? null;
  const found = [pendingSince, signedSince].filter((at) => at !== null);
  return found.length === 0 ? null : new Date(Math.min(...found.map((at) => at.getTime())));
}
