import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { Terms } from '../../activities/payments/read-terms.ts';
import type { Carried, CollectPaymentInput } from '../messages.ts';
import type { collectPayment } from './collect-payment.ts';
import { createSignals } from './signals.ts';
import type { Signals, View } from './signals.ts';
import { createPageMaker } from './make-page.ts';
import type { PageMaker } from './make-page.ts';
import { readTerms } from './read-terms.ts';

/**
 * A payment continues in a new run after this many events. That is far below what the server suggests (4,096). A worker
 * that takes over from a killed one first replays them all, and the payment receives nothing until then.
 */
const LONG = 300;

/** State shared by the steps of a payment. */
export interface Run {
  readonly input: CollectPaymentInput;
  readonly signals: Signals;
  readonly view: View;
  readonly page: PageMaker;
  /** The terms from the rows, read before anything is decided. */
  readonly terms: Terms;
  /** When the provider is asked about money on its way, epoch milliseconds; null if there is none. */
  underWayFrom: number | null;
  /** The provider refuses our keys and could not be asked the last time. */
  isUnasked: boolean;
}

/** Registers every handler before its first await; call it before any other. */
export async function openRun(input: CollectPaymentInput): Promise<Run> {
  const { carried } = input;
  const view: View = {
    link: carried?.link ?? null,
    check: carried?.check ?? { status: 'creating', review: null },
    isMakingPage: false,
  };
  const signals = createSignals(view, carried?.eventIds ?? []);
  const page = createPageMaker(input, view);
  const terms = await readTerms(input);
  const underWayFrom = terms.underWayFrom ? Date.parse(terms.underWayFrom) : null;
  return { input, view, signals, page, terms, underWayFrom, isUnasked: false };
}

/** Nobody has been given a page yet, so nobody can have paid. */
export const isWithoutPage = ({ view }: Run): boolean => view.link === null;

/** Whether something came that has priority over waiting and asking. */
export const isInterrupted = ({ signals, page }: Run): boolean => signals.hasNews() || page.hasNews();

/**
 * Ends this run and starts the next one, if the history has grown long and no caller waits for an answer. Unhandled
 * signals are passed to the next run. They are not handled first, because while signals keep coming there is always
 * one more. The server gives signals that arrive at this moment to the next run.
 */
export async function goOnIfLong(run: Run, where: Pick<Carried, 'documentId' | 'isOver'>): Promise<void> {
  const { signals, view } = run;
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  if (!(continueAsNewSuggested || historyLength > LONG) || !isFree(run)) return;
  // A caller who waits for a first page that may take hours was answered `waiting` long ago.
  if (!isWithoutPage(run)) await condition(allHandlersFinished);
  if (!isFree(run)) return;
  const { link, check } = view;
  const carried = { link, check, eventIds: signals.waitingIds(), ...where };
  await continueAsNew<typeof collectPayment>({ ...run.input, carried });
}

/** No caller waits for an answer, and no page is being made that the next run would not make itself. */
const isFree = (run: Run): boolean =>
  !run.signals.hasQuestion() && (isWithoutPage(run) ? run.page.isSlow() : !run.page.isBusy());
