import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { CollectPaymentInput } from '../messages.ts';
import type { collectPayment } from './collect-payment.ts';
import { openMailbox } from './mailbox.ts';
import type { Mailbox, View } from './mailbox.ts';
import { createPageMaker } from './make-page.ts';
import type { PageMaker } from './make-page.ts';

/**
 * Events after which a payment goes on in a new run. Far below what the server suggests (4,096): a worker that takes over
 * from a killed one replays them all first, and the payment hears nothing until then.
 */
const LONG = 300;

/** What the steps of a payment share. */
export interface Run {
  readonly input: CollectPaymentInput;
  readonly mailbox: Mailbox;
  readonly view: View;
  readonly page: PageMaker;
  /** From when on the provider is asked where nothing is heard, epoch milliseconds. */
  readonly pollFrom: number;
  /** The same while money is on its way; null: none is. */
  underWayFrom: number | null;
}

/** Registers every handler; call before the first await. */
export function openRun(input: CollectPaymentInput): Run {
  const { carried } = input;
  const view: View = {
    link: carried?.link ?? null,
    check: carried?.check ?? { status: 'creating', review: null },
    isMakingPage: false,
  };
  return {
    input,
    view,
    mailbox: openMailbox(view, carried?.eventIds ?? []),
    page: createPageMaker(input, view),
    pollFrom: carried?.pollFrom ?? Math.min(Date.now() + input.graceMs, Date.parse(input.expiresAt)),
    underWayFrom: null,
  };
}

/** Nobody was told of a page yet, so nobody can have paid. */
export const isWithoutPage = ({ view }: Run): boolean => view.link === null;

/** Whether something has come up that goes before waiting and asking. */
export const isInterrupted = ({ mailbox, page }: Run): boolean => mailbox.hasMail() || page.hasNews();

/**
 * Ends this run and begins the next where its history has grown long and nobody waits for an answer of it. What was
 * signalled and not acted on goes along; what arrives at this very moment, the server gives to the next.
 */
export async function goOnIfLong(run: Run, documentId: string | null): Promise<void> {
  const { mailbox, page, view } = run;
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  const isFree = (): boolean => !mailbox.hasQuestion() && !page.isBusy();
  if (!(continueAsNewSuggested || historyLength > LONG) || view.link === null || !isFree()) return;
  await condition(allHandlersFinished);
  if (!isFree()) return;
  const { eventIds } = mailbox.take();
  const { link, check } = view;
  const carried = { link, check, eventIds, pollFrom: run.pollFrom, documentId };
  await continueAsNew<typeof collectPayment>({ ...run.input, carried });
}
