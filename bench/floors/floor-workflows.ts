import {
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  proxySinks,
  setHandler,
} from '@temporalio/workflow';
import type { Sinks } from '@temporalio/workflow';
import type { LeafActivities } from './leaf-activities.ts';

/** How the load learns of the end of a workflow without asking the server. */
export interface FloorSinks extends Sinks {
  bench: { ended(): void };
}

/** What a payment's leaf work is about. */
export interface LeafInput {
  readonly workspaceId: string;
  readonly paymentId: string;
  /** Our row of the charge; it is there before the run. */
  readonly transactionId: string;
  readonly print: boolean;
}

const LINK = defineUpdate<boolean>('link');
const PAID = defineSignal('paid');
const { bench } = proxySinks<FloorSinks>();
const local = proxyLocalActivities<LeafActivities>({ startToCloseTimeout: '10s' });
const regular = proxyActivities<LeafActivities>({ startToCloseTimeout: '2m' });

/** The shape of a payment and nothing in it: Update-with-Start, signal, timer. 13 events. */
export async function barePayment(): Promise<void> {
  const paid = listen(() => true);
  await condition(paid, '1 day');
  bench.ended();
}

/** The same with the leaf work: the page, the read-back, the settling transaction, the push. */
export async function leafPayment(input: LeafInput): Promise<void> {
  let pageId: string | null = null;
  const paid = listen(() => pageId !== null);
  pageId = await local.makePage(input.paymentId);
  await condition(paid, '1 day');
  await local.readBack({ paymentId: input.paymentId, pageId });
  const documentId = await local.settle(input);
  const print = input.print ? regular.print({ ...input, documentId }) : null;
  await Promise.all([local.push(input.paymentId), print]);
}

/** A page made by one local activity, which is what the engine uses; ends by itself. */
export async function pageByLocal(input: { paymentId: string }): Promise<void> {
  await answerWith(() => local.makePage(input.paymentId));
}

/** The same by one regular activity. */
export async function pageByRegular(input: { paymentId: string }): Promise<void> {
  await answerWith(() => regular.makePage(input.paymentId));
}

/** Registers both handlers before the first await; returns whether the signal has come. */
function listen(isLinkReady: () => boolean): () => boolean {
  let isPaid = false;
  setHandlers(isLinkReady, () => {
    isPaid = true;
  });
  return () => isPaid;
}

async function answerWith(makePage: () => Promise<string>): Promise<void> {
  let isReady = false;
  setHandlers(
    () => isReady,
    () => undefined,
  );
  await makePage();
  isReady = true;
}

function setHandlers(isLinkReady: () => boolean, paid: () => void): void {
  setHandler(LINK, async () => {
    await condition(isLinkReady);
    return true;
  });
  setHandler(PAID, paid);
}
