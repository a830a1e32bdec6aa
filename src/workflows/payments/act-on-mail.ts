import { setCurrentDetails } from '@temporalio/workflow';
import { isOpen, isPaid } from '../../domain/payment.ts';
import type { PaymentFailure, UnpaidEnd } from '../../domain/payment.ts';
import { askProvider } from './ask-provider.ts';
import type { Found } from './ask-provider.ts';
import { endPayment, killLink } from './end-payment.ts';
import type { Mail } from './mailbox.ts';
import { isWithoutPage } from './run.ts';
import type { Run } from './run.ts';

/** The result: money, a question for a person, or an end without money. */
export type Outcome = Found | 'ended';

/** Asks the provider because something arrived, and acts on the answer. Null: nothing has changed. */
export async function actOnMail(run: Run, mail: Mail): Promise<Outcome | null> {
  const { mailbox, page } = run;
  const outcome = await act(run, mail);
  // A page that is no longer needed is not waited for.
  if (outcome !== null) page.stop();
  else if (mail.wantsNewPage && isStillWanted(run)) page.start();
  mailbox.done();
  return outcome;
}

async function act(run: Run, mail: Mail): Promise<Outcome | null> {
  const isAsked = mayAnswerHelp(run, mail);
  if (mail.eventIds.length > 0 || isAsked) {
    setCurrentDetails('News arrived: asking the provider about the payment.');
    const found = await askProvider(run, { eventIds: mail.eventIds, isAsked, unlessSettled: !isWish(mail) });
    if (found !== null) return found;
  }
  return mail.wantsCancel && isStillWanted(run) ? cancel(run) : null;
}

/**
 * Nobody can have paid before there is a page. A returning payer only wants to know whether it is paid: for a settled
 * payment that is known.
 */
function mayAnswerHelp(run: Run, mail: Mail): boolean {
  if (isWithoutPage(run)) return false;
  return isWish(mail) || (mail.hasReturned && !isPaid(run.view.check.status));
}

const isWish = ({ wantsCheck, wantsNewPage, wantsCancel }: Mail): boolean =>
  wantsCheck || wantsNewPage || wantsCancel;

/** While money is on its way, the payment does not end and no second page is made: it could be paid twice. */
const isStillWanted = ({ view, underWayFrom }: Run): boolean =>
  isOpen(view.check.status) && underWayFrom === null;

/** Closes the page, asks once more if the provider says that it was already paid or dead, and ends the payment. */
async function cancel(run: Run): Promise<Outcome | null> {
  setCurrentDetails('Cancelling: the provider has no payment. Closing its page.');
  run.page.stop();
  if ((await killLink(run.input)) === 'refused') {
    const found = await askProvider(run, { eventIds: [], isAsked: true });
    if (found !== null || !isStillWanted(run)) return found;
  }
  return end(run, { status: 'cancelled', reason: run.isUnasked ? 'keys_refused' : 'cancelled' });
}

/** Ends the payment without money. Null: news of money came at that moment, and the provider must be asked. */
export async function end(run: Run, how: UnpaidEnd): Promise<'ended' | null> {
  const { page, view } = run;
  page.stop();
  const standing = await endPayment(run.input, how);
  view.check = { status: standing, review: view.check.review };
  if (isOpen(standing)) {
    run.underWayFrom = Date.now();
    return null;
  }
  view.link ??= { url: null, failure: how.status === 'failed' ? how.failure : endedEarly(how.reason) };
  return 'ended';
}

const endedEarly = (code: string): PaymentFailure => ({
  code,
  message: 'the payment ended before it had a payment page',
  vendorCode: null,
});
