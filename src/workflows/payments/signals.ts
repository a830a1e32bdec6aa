import { condition, setHandler } from '@temporalio/workflow';
import type { CheckAnswer, LinkAnswer } from '../messages.ts';
import {
  NO_PAGE,
  cancelUpdate,
  checkUpdate,
  linkUpdate,
  providerEventSignal,
  renewPageUpdate,
  returnUpdate,
} from '../messages.ts';

/** Everything that arrived since the workflow last looked. */
export interface News {
  /** Ids of inbox rows. */
  readonly eventIds: readonly string[];
  readonly wantsCheck: boolean;
  readonly hasReturned: boolean;
  readonly wantsNewPage: boolean;
  readonly wantsCancel: boolean;
}

/** State for callers, changed only by the main path of the workflow. */
export interface View {
  link: LinkAnswer | null;
  check: CheckAnswer;
  /** A page is being made: callers who want a new one are answered when it is finished. */
  isMakingPage: boolean;
}

/** Receives messages: handlers store what arrives, and the main path takes it later. */
export interface Signals {
  readonly view: View;
  hasNews(): boolean;
  /** Whether a caller waits for an answer about the payment: a run must not end and leave them waiting. */
  hasQuestion(): boolean;
  /** Takes everything. Callers are answered by `done`. */
  take(): News;
  done(): void;
  /** Ids of all waiting inbox rows, for the next run. */
  waitingIds(): readonly string[];
}

const NOBODY = { check: 0, returned: 0, page: 0, cancel: 0 };
type Wish = keyof typeof NOBODY;

/** Maximum ids per question to the provider: more wait for the next. */
const MOST_EVENTS = 1_000;
/** A longer text is not an id of ours. */
const LONGEST_ID = 100;
/**
 * Maximum ids for the next run, because a message holds 2 MB. A row that is left out is signalled again while it is
 * open.
 */
const MOST_CARRIED = 10_000;

/** Registers every handler. Call it before the first await, so that early messages are not refused. */
export function createSignals(view: View, eventIds: readonly string[]): Signals {
  // Only waiting ids are compared: a row that is signalled again after it was handled is looked at again.
  const waiting = new Set(eventIds);
  let asked = NOBODY;
  let taken = 0;
  let answered = 0;
  let tickets = 0;

  setHandler(providerEventSignal, (id) => {
    if (typeof id === 'string' && id.length <= LONGEST_ID) waiting.add(id);
  });
  const ask = async (what: Wish): Promise<void> => {
    asked = { ...asked, [what]: asked[what] + 1 };
    const ticket = (tickets += 1);
    await condition(() => answered >= ticket);
  };
  setHandler(linkUpdate, async () => {
    await condition(() => view.link !== null);
    return view.link ?? NO_PAGE;
  });
  setHandler(checkUpdate, async () => {
    await ask('check');
    return view.check;
  });
  setHandler(returnUpdate, async () => {
    await ask('returned');
    return view.check;
  });
  setHandler(cancelUpdate, async () => {
    await ask('cancel');
    return view.check;
  });
  setHandler(renewPageUpdate, async () => {
    await ask('page');
    await condition(() => !view.isMakingPage);
    return view.link ?? NO_PAGE;
  });

  return {
    view,
    hasNews: () => waiting.size > 0 || tickets > taken,
    hasQuestion: () => tickets > answered || (view.isMakingPage && view.link !== null),
    take: () => {
      const news = {
        eventIds: [...waiting].slice(0, MOST_EVENTS),
        wantsCheck: asked.check > 0,
        hasReturned: asked.returned > 0,
        wantsNewPage: asked.page > 0,
        wantsCancel: asked.cancel > 0,
      };
      for (const id of news.eventIds) waiting.delete(id);
      asked = NOBODY;
      taken = tickets;
      return news;
    },
    done: () => {
      answered = taken;
    },
    waitingIds: () => [...waiting].slice(0, MOST_CARRIED),
  };
}
