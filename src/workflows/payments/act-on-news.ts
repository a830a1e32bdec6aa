import { setCurrentDetails } from '@temporalio/workflow';
import { isOpen, isPaid } from '../../domain/payment.ts';
import type { PaymentFailure, UnpaidEnd } from '../../domain/payment.ts';
import { askProvider } from './ask-provider.ts';
import type { Found } from './ask-provider.ts';
import { endPayment, closeLivePage } from './end-payment.ts';
import type { News } from './signals.ts';
import { isWithoutPage } from './run.ts';
import type { Run } from './run.ts';

/** The result: money, a question for a person, or an end without money. */
export type Outcome = Found | 'ended';

/** Asks the provider because something arrived, and acts on the answer. Null: nothing has changed. */
export async function actOnNews(run: Run, news: News): Promise<Outcome | null> {
  const { signals, page } = run;
  const outcome = await act(run, news);
  // A page that is no longer needed is not waited for.
  if (outcome !== null) page.stop();
  else if (news.wantsNewPage && isStillWanted(run)) page.start();
  signals.done();
  return outcome;
}

async function act(run: Run, news: News): Promise<Outcome | null> {
  const isAsked = mayAnswerHelp(run, news);
  if (news.eventIds.length > 0 || isAsked) {
    setCurrentDetails('News arrived: asking the provider about the payment.');
    const found = await askProvider(run, { eventIds: news.eventIds, isAsked, unlessSettled: !isWish(news) });
    if (found !== null) return found;
  }
  return news.wantsCancel && isStillWanted(run) ? cancel(run) : null;
}

/**
 * Nobody can have paid before there is a page. A returning payer only wants to know whether it is paid: for a settled
 * payment that is known.
 */
function mayAnswerHelp(run: Run, news: News): boolean {
  if (isWithoutPage(run)) return false;
  return isWish(news) || (news.hasReturned && !isPaid(run.view.check.status));
}

const isWish = ({ wantsCheck, wantsNewPage, wantsCancel }: News): boolean =>
  wantsCheck || wantsNewPage || wantsCancel;

/** While money is on its way, the payment does not end and no second page is made: it could be paid twice. */
const isStillWanted = ({ view, underWayFrom }: Run): boolean =>
  isOpen(view.check.status) && underWayFrom === null;

/** Closes the page, asks once more if the provider says that it was already paid or dead, and ends the payment. */
async function cancel(run: Run): Promise<Outcome | null> {
  setCurrentDetails('Cancelling: the provider has no payment. Closing its page.');
  run.page.stop();
  if ((await closeLivePage(run.input)) === 'refused') {
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
