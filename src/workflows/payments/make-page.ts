import { CancellationScope, condition } from '@temporalio/workflow';
import { durable, failureCode, isFinal, localFirst, quick } from '../call-policies.ts';
import type { CollectPaymentInput, LinkAnswer } from '../messages.ts';
import { endPayment } from './end-payment.ts';
import type { Mailbox } from './mailbox.ts';

/**
 * The first page. A provider that is down is waited for; one that refuses the page ends the payment, and so does somebody
 * who cancels while there is none: a page whose address nobody was told of can be paid by nobody.
 */
export async function makeFirstPage(input: CollectPaymentInput, mailbox: Mailbox): Promise<LinkAnswer> {
  const scope = new CancellationScope();
  const page = scope.run(() => makePage(input));
  const made = page.then(
    (url) => ({ url, failure: null }),
    (failure: unknown) => refused(input, failure),
  );
  const first = await Promise.race([made, condition(() => mailbox.wantsCancel())]);
  if (first !== undefined) return first;
  scope.cancel();
  // Its failure is the cancellation, or comes too late to matter.
  made.catch(() => undefined);
  await endPayment(input, 'cancelled', 'cancelled');
  return { url: null, failure: 'cancelled' };
}

async function refused(input: CollectPaymentInput, failure: unknown): Promise<LinkAnswer> {
  if (!isFinal(failure)) throw failure;
  const reason = failureCode(failure);
  await endPayment(input, 'failed', reason);
  return { url: null, failure: reason };
}

/** A later page. One that is refused ends nothing: money may still come through the pages that were made. */
export async function renewPage(input: CollectPaymentInput, mailbox: Mailbox): Promise<void> {
  try {
    mailbox.view.link = { url: await makePage(input), failure: null };
  } catch (failure) {
    if (!isFinal(failure)) throw failure;
    mailbox.view.link = { url: null, failure: failureCode(failure) };
  }
}

async function makePage(input: CollectPaymentInput): Promise<string> {
  const page = await localFirst(
    () => quick.createLink(input),
    () => durable.createLink(input),
  );
  return page.url;
}
