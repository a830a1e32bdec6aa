import { condition, setCurrentDetails } from '@temporalio/workflow';
import type { ReviewReason } from '../../domain/payment.ts';
import { slow } from '../call-policies.ts';
import { pushDocument } from '../invoices/push-document.ts';
import type { News, Signals } from './signals.ts';
import { readTerms } from './read-terms.ts';

/** An issued document that must still be printed and pushed. */
export interface PaperOrder {
  readonly workspaceId: string;
  readonly documentId: string;
  readonly print: 'at_issue' | 'on_demand';
}

/**
 * Prints and pushes concurrently, while news about the payment is still handled. Returns a review that the push
 * opened. `mayStop` is called when this run may end and the next one finish the work: a push never doubles, because
 * it has a lease.
 */
export async function finishPaper(
  order: PaperOrder,
  signals: Pick<Signals, 'hasNews' | 'take'>,
  { actOnNews, mayStop }: { actOnNews: (news: News) => Promise<unknown>; mayStop: () => Promise<void> },
): Promise<ReviewReason | null> {
  setCurrentDetails('Paid. Printing the document and pushing it to the invoice service.');
  const progress = { isFinished: false, isSlow: false };
  const paper = printAndPush(order, () => (progress.isSlow = true)).finally(() => {
    progress.isFinished = true;
  });
  // It may fail while a signal is being handled. It is awaited below, and until then its error counts as caught.
  paper.catch(() => undefined);
  // The first try of a push is quick and may end in this run. Once a signal was handled, it has had time enough.
  let isLate = false;
  while (!progress.isFinished) {
    if (progress.isSlow || isLate) await mayStop();
    await condition(() => progress.isFinished || signals.hasNews());
    if (!signals.hasNews()) continue;
    await actOnNews(signals.take());
    isLate = true;
  }
  return paper;
}

/** Prints, if the business wants that, and pushes a document of this payment. */
export async function finishDocument(
  ids: { readonly workspaceId: string; readonly paymentId: string },
  documentId: string,
): Promise<ReviewReason | null> {
  const { print } = await readTerms(ids);
  return printAndPush({ workspaceId: ids.workspaceId, documentId, print });
}

/**
 * Both concurrently: payments never wait for printing, and a push never waits for a print. Returns a review that the
 * push opened.
 */
async function printAndPush(order: PaperOrder, onTrouble?: () => void): Promise<ReviewReason | null> {
  const document = { workspaceId: order.workspaceId, documentId: order.documentId };
  const print =
    order.print === 'at_issue' ? slow.printDocument({ ...document, variant: 'original' }) : Promise.resolve();
  const [, review] = await Promise.all([print, pushDocument(document, onTrouble)]);
  return review;
}
