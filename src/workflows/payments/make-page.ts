import { CancellationScope } from '@temporalio/workflow';
import { durable, failureOf, isFinal, localFirst, quick } from '../call-policies.ts';
import type { CollectPaymentInput, LinkAnswer } from '../messages.ts';
import type { View } from './mailbox.ts';

/** Makes a payment's pages, one at a time, beside everything else: nothing ever waits for a page but who asked for it. */
export interface PageMaker {
  start(): void;
  isBusy(): boolean;
  /** The first, quick try failed: from here on it may take hours. */
  isSlow(): boolean;
  /** A page is there, or was refused, since `take` was last called. */
  hasNews(): boolean;
  /** What came of it; the next may be made. @throws what made the page fail, where nobody refused it */
  take(): LinkAnswer;
  /** Something mattered more. A page that is made all the same was told to nobody. */
  stop(): void;
}

type Outcome = { readonly answer: LinkAnswer } | { readonly failure: unknown };

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
    () => quick.createLink(ids),
    () => {
      onTrouble();
      return durable.createLink(ids);
    },
  );
  return page.url;
}
