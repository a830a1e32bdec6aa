import {
  allHandlersFinished,
  CancellationScope,
  condition,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { Verification } from '../../activities/payments/verify-payment.ts';
import { isOpen } from '../../domain/payment.ts';
import type { PaymentStatus } from '../../domain/payment.ts';
import { durable, localFirst, polling, quick } from '../call-policies.ts';
import type { CheckAnswer, CollectPaymentInput, LinkAnswer } from '../messages.ts';
import { SEARCH_ATTRIBUTES } from '../messages.ts';
import { endPayment, killLink } from './end-payment.ts';
import { finishPaper } from './finish-paper.ts';
import { openMailbox } from './mailbox.ts';
import type { Mail, Mailbox } from './mailbox.ts';
import { makeFirstPage, renewPage } from './make-page.ts';

/**
 * One payment, from its link to its pushed document. Waits for as long as it takes; a webhook, a returning payer and
 * the poll all lead through `verifyPayment` (the provider's own truth) to `settlePayment` (one transaction).
 */
export async function collectPayment(input: CollectPaymentInput): Promise<CheckAnswer> {
  const mailbox = openMailbox();
  setCurrentDetails('Making the payment page at the provider.');
  mailbox.view.link = await makeFirstPage(input, mailbox);
  mailbox.view.check = { status: statusOf(mailbox.view.link), review: null };

  let documentId = mailbox.view.link.url === null ? null : await awaitMoney(input, mailbox);
  // Money may arrive while the payment is being closed without any.
  while (documentId === null && mailbox.hasMail())
    documentId = documentOf(await actOnMail(input, mailbox, mailbox.take()));
  if (documentId !== null) await finish(input, mailbox, documentId);
  while (mailbox.hasMail()) await actOnMail(input, mailbox, mailbox.take());
  await condition(allHandlersFinished);

  const { check } = mailbox.view;
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.paymentStatus, value: check.status },
    { key: SEARCH_ATTRIBUTES.review, value: check.review },
  ]);
  setCurrentDetails(`Ended as ${check.status}${check.review ? `, in review: ${check.review}` : ''}.`);
  return check;
}

function statusOf({ url, failure }: LinkAnswer): PaymentStatus {
  if (url !== null) return 'pending';
  return failure === 'cancelled' ? 'cancelled' : 'failed';
}

/** Paper and push; a review that the push opened shows in what the workflow says of the payment. */
async function finish(input: CollectPaymentInput, mailbox: Mailbox, documentId: string): Promise<void> {
  const order = { workspaceId: input.workspaceId, documentId, print: input.print };
  const review = await finishPaper(order, mailbox, (mail) => actOnMail(input, mailbox, mail));
  const { check } = mailbox.view;
  mailbox.view.check = { ...check, review: check.review ?? review ?? null };
}

/** Waits until the money is here and documented (the document's id), or the payment has ended without (null). */
async function awaitMoney(input: CollectPaymentInput, mailbox: Mailbox): Promise<string | null> {
  const expiresAt = Date.parse(input.expiresAt);
  const pollFrom = Math.min(Date.now() + input.graceMs, expiresAt);
  for (;;) {
    setCurrentDetails(
      `Waiting for the payer. The provider is asked from ${new Date(pollFrom).toISOString()} on.`,
    );
    const hasMail = await waitForMail(mailbox, pollFrom - Date.now());
    const found = hasMail
      ? await actOnMail(input, mailbox, mailbox.take())
      : await poll(input, mailbox, pollFrom);
    if (found === 'expired') {
      mailbox.view.check = { status: await endPayment(input, 'expired', 'link_expired'), review: null };
      return null;
    }
    if (found === 'cancelled') return null;
    if (found === null) continue;
    if (found.documentId !== null) return found.documentId;
    if (found.review !== null) return null;
  }
}

async function waitForMail(mailbox: Mailbox, timeoutMs: number): Promise<boolean> {
  if (mailbox.hasMail()) return true;
  return (
    timeoutMs > 0 &&
    (await condition(() => mailbox.hasMail(), timeoutMs, { summary: 'Waiting for a webhook' }))
  );
}

/** What became of the payment by some piece of news. */
interface Found {
  readonly documentId: string | null;
  readonly review: string | null;
}

/** Asks the provider because something arrived, and acts on the answer. Null: nothing has changed. */
async function actOnMail(
  input: CollectPaymentInput,
  mailbox: Mailbox,
  mail: Mail,
): Promise<Found | 'cancelled' | null> {
  setCurrentDetails('News arrived: reading the payment back from the provider.');
  const found = await ask(input, mailbox, mail);
  const isOpenStill = found === null && isOpen(mailbox.view.check.status);
  const ended = mail.wantsCancel && isOpenStill ? await cancel(input, mailbox) : found;
  if (mail.wantsNewPage && ended === null && isOpenStill) await renewPage(input, mailbox);
  mailbox.done();
  return ended;
}

/** Kills the page, asks once more where the provider says that it was paid or dead already, and ends the payment. */
async function cancel(input: CollectPaymentInput, mailbox: Mailbox): Promise<Found | 'cancelled'> {
  setCurrentDetails('Cancelling: the provider knows of no payment, its page is being closed.');
  if ((await killLink(input)) === 'refused') {
    const found = await ask(input, mailbox, { eventIds: [], wantsCheck: true });
    if (found !== null) return found;
  }
  const status = await endPayment(input, 'cancelled', 'cancelled');
  mailbox.view.check = { status, review: mailbox.view.check.review };
  return 'cancelled';
}

function documentOf(found: Found | 'cancelled' | null): string | null {
  return found === null || found === 'cancelled' ? null : found.documentId;
}

/** The provider's own truth, settled where it is money. */
async function ask(
  input: CollectPaymentInput,
  mailbox: Mailbox,
  mail: Pick<Mail, 'eventIds' | 'wantsCheck'> & Partial<Mail>,
): Promise<Found | null> {
  const question = {
    workspaceId: input.workspaceId,
    paymentId: input.paymentId,
    eventIds: [...mail.eventIds],
    isAsked: mail.wantsCheck || mail.wantsNewPage === true || mail.wantsCancel === true,
  };
  const verification = await localFirst(
    () => quick.verifyPayment(question),
    () => durable.verifyPayment(question),
  );
  const settled = verification.verdict === 'not_yet' ? await durable.confirmPayment(question) : verification;
  return settle(input, mailbox, settled, mail.eventIds);
}

/** Asks until the provider knows more, the link is past its time, or mail interrupts. */
async function poll(
  input: CollectPaymentInput,
  mailbox: Mailbox,
  pollFrom: number,
): Promise<Found | 'expired' | null> {
  setCurrentDetails('No webhook came: asking the provider again and again.');
  const scope = new CancellationScope();
  const question = {
    workspaceId: input.workspaceId,
    paymentId: input.paymentId,
    pollFrom,
    graceMs: input.graceMs,
    expiresAt: input.expiresAt,
  };
  const answer = scope.run(() => polling.pollPayment(question));
  const first = await Promise.race([answer, condition(() => mailbox.hasMail())]);
  if (first === undefined) {
    scope.cancel();
    return null;
  }
  return first === 'expired' ? 'expired' : settle(input, mailbox, first, []);
}

/** The one way to `completed`: whoever learns of the money comes through here. */
async function settle(
  input: CollectPaymentInput,
  mailbox: Mailbox,
  verification: Verification,
  eventIds: readonly string[],
): Promise<Found | null> {
  mailbox.view.check = { status: verification.status, review: verification.review };
  if (verification.transactionId === null) {
    return verification.review === null ? null : { documentId: null, review: verification.review };
  }
  const order = {
    workspaceId: input.workspaceId,
    paymentId: input.paymentId,
    transactionId: verification.transactionId,
    eventIds: [...eventIds],
  };
  const settlement = await localFirst(
    () => quick.settlePayment(order),
    () => durable.settlePayment(order),
  );
  mailbox.view.check = { status: settlement.status, review: settlement.review };
  return { documentId: settlement.documentId, review: settlement.review };
}
