import { condition, setHandler } from '@temporalio/workflow';
import type { CheckAnswer, LinkAnswer } from '../messages.ts';
import { cancelUpdate, checkUpdate, linkUpdate, providerEventSignal, renewLinkUpdate } from '../messages.ts';

/** What arrived since the workflow last looked. */
export interface Mail {
  /** Ids of inbox rows. */
  readonly eventIds: readonly string[];
  readonly wantsCheck: boolean;
  readonly wantsNewPage: boolean;
  readonly wantsCancel: boolean;
}

/** What the workflow has to say to whoever asks. Changed only by the workflow's main path. */
export interface View {
  link: LinkAnswer | null;
  check: CheckAnswer;
}

/** The workflow's ear: handlers store what arrives, the main path takes it up in its own time. */
export interface Mailbox {
  readonly view: View;
  hasMail(): boolean;
  /** Whether somebody wants the payment cancelled, which may interrupt the making of its page. */
  wantsCancel(): boolean;
  /** Takes everything out. Whoever asked is answered by `done`. */
  take(): Mail;
  done(): void;
}

/** Registers every handler. Call before the first await, so that nothing that arrives early is refused. */
export function openMailbox(): Mailbox {
  const seen = new Set<string>();
  let eventIds: string[] = [];
  let asked = { check: 0, page: 0, cancel: 0 };
  let taken = 0;
  let answered = 0;
  let tickets = 0;
  const view: View = { link: null, check: { status: 'creating', review: null } };

  setHandler(providerEventSignal, (id) => {
    if (typeof id !== 'string' || seen.has(id)) return;
    seen.add(id);
    eventIds.push(id);
  });
  const ask = async (what: 'check' | 'page' | 'cancel'): Promise<void> => {
    asked = { ...asked, [what]: asked[what] + 1 };
    const ticket = (tickets += 1);
    await condition(() => answered >= ticket);
  };
  setHandler(linkUpdate, async () => {
    await condition(() => view.link !== null);
    return view.link ?? { url: null, failure: 'no_link' };
  });
  setHandler(checkUpdate, async () => {
    await ask('check');
    return view.check;
  });
  setHandler(cancelUpdate, async () => {
    await ask('cancel');
    return view.check;
  });
  setHandler(renewLinkUpdate, async () => {
    await ask('page');
    return view.link ?? { url: null, failure: 'no_link' };
  });

  return {
    view,
    hasMail: () => eventIds.length > 0 || asked.check + asked.page + asked.cancel > 0,
    wantsCancel: () => asked.cancel > 0,
    take: () => {
      const mail = {
        eventIds,
        wantsCheck: asked.check > 0,
        wantsNewPage: asked.page > 0,
        wantsCancel: asked.cancel > 0,
      };
      eventIds = [];
      asked = { check: 0, page: 0, cancel: 0 };
      taken = tickets;
      return mail;
    },
    done: () => {
      answered = taken;
    },
  };
}
