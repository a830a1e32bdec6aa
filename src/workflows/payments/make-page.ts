import { CancellationScope } from '@temporalio/workflow';
import { durable, failureOf, isFinal, localFirst, quick } from '../call-policies.ts';
import type { CollectPaymentInput, LinkAnswer } from '../messages.ts';
import type { View } from './signals.ts';

/**
 * Makes the pages of a payment, one at a time, beside everything else: only a caller who asked for a page waits for
 * it.
 */
export interface PageMaker {
  start(): void;
  isBusy(): boolean;
  /** The first, quick try failed: the page may now take hours. */
  isSlow(): boolean;
  /** A page was made or refused since `take` was last called. */
  hasNews(): boolean;
  /** The result; the next page may be made. @throws the error of the page, unless it was refused */
  take(): LinkAnswer;
  /** Something more important came. If a page is still made, nobody was given its address. */
  stop(): void;
}

type Outcome = { readonly answer: LinkAnswer } | { readonly failure: unknown };

/** Makes the page maker of one payment. It keeps `view.isMakingPage` true while a page is made. */
export function createPageMaker(input: CollectPaymentInput, view: View): PageMaker {
  let scope: CancellationScope | null = null;
  let outcome: Outcome | null = null;
  let isSlow = false;

  const end = (): void => {
    scope = null;
    outcome = null;
    isSlow = false;
    view.isMakingPage = false;
  };
  return {
    start: () => {
      if (scope !== null) return;
      view.isMakingPage = true;
      const own = new CancellationScope();
      scope = own;
      const note = (told: Outcome): void => {
        if (scope === own) outcome = told;
      };
      void own
        .run(() => makePage(input, () => (isSlow ||= scope === own)))
        .then(
          (url) => note({ answer: { url, failure: null } }),
          (failure: unknown) =>
            note(isFinal(failure) ? { answer: { url: null, failure: failureOf(failure) } } : { failure }),
        );
    },
    isBusy: () => scope !== null,
    isSlow: () => isSlow,
    hasNews: () => outcome !== null,
    take: () => {
      if (outcome === null) throw new Error('no page was made');
      if ('failure' in outcome) throw outcome.failure;
      const { answer } = outcome;
      end();
      return answer;
    },
    stop: () => {
      scope?.cancel();
      end();
    },
  };
}

async function makePage(input: CollectPaymentInput, onTrouble: () => void): Promise<string> {
  const ids = { workspaceId: input.workspaceId, paymentId: input.paymentId };
  const page = await localFirst(
    () => quick.createPage(ids),
    () => {
      onTrouble();
      return durable.createPage(ids);
    },
  );
  return page.url;
}
