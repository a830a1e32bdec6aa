import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Answers, Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import {
  DAY,
  HOUR,
  INPUT,
  NOW,
  PAID_WORLD,
  questions,
  startPayment,
  TERMS,
  trouble,
  UNCHANGED,
  UNDER_WAY,
  WORLD,
} from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const QUIET: Answers = { ...WORLD, verifyPayment: () => UNCHANGED };
const GROWN = { historyLength: 301, continueAsNewSuggested: false };
const PENDING = { status: 'pending', review: null } as const;
const LINK = { url: 'https://pages.test/1', failure: null };
const CARRIED = { link: LINK, check: PENDING, eventIds: [], documentId: null, isOver: false };

const goOn = (answers: Answers, carried: object): Promise<Drive> =>
  sandbox.start('collectPayment', { ...INPUT, carried }, { now: NOW + HOUR, answers: { ...answers } });

describe('a payment whose history has grown long', () => {
  it('goes on in a new run with all that matters, news included', async () => {
    const payment = await startPayment(sandbox, QUIET);
    payment.history = GROWN;
    await payment.signal('providerEvent', 'in_1');

    expect(payment.end).toEqual({ continuedWith: { ...INPUT, carried: { ...CARRIED, eventIds: ['in_1'] } } });
  });

  it('remembers money that is on its way: the next run asks about it in time, and cancels nothing', async () => {
    const underWayFrom = new Date(NOW + HOUR + 15_000).toISOString();
    const world: Answers = { ...QUIET, readTerms: () => ({ ...TERMS, underWayFrom }) };
    const payment = await goOn({ ...world, verifyPayment: () => UNDER_WAY }, CARRIED);
    await payment.passes(15_000);
    expect(payment.calls('pollPayment')).toMatchObject([{ input: { isUnderWay: true } }]);

    const cancelled = await goOn({ ...world, verifyPayment: () => UNDER_WAY }, CARRIED);
    await cancelled.ask('cancel', 'c1');
    expect(cancelled.calls('closePage')).toEqual([]);
    expect(cancelled.end).toBeNull();
  });

  it('goes on where the server suggests it, however long it is', async () => {
    const payment = await startPayment(sandbox, QUIET);
    payment.history = { historyLength: 20, continueAsNewSuggested: true };
    await payment.signal('providerEvent', 'in_1');

    expect(payment.end).toMatchObject({ continuedWith: { carried: { link: LINK } } });
  });

  it('answers everybody first', async () => {
    const payment = await startPayment(sandbox, QUIET);
    payment.history = GROWN;
    await payment.ask('check', 'c1');

    expect(payment.update('c1')?.answer).toEqual(PENDING);
    expect(payment.end).toMatchObject({ continuedWith: { carried: CARRIED } });
  });

  it('does not while its page is being made', async () => {
    const payment = await startPayment(sandbox, QUIET);
    const { createPage: _, ...world } = payment.answers;
    payment.answers = world;
    await payment.ask('renewPage', 'page-2');
    payment.history = GROWN;
    await payment.fail('createPage', trouble());
    expect(payment.end).toBeNull();
    await payment.answer('createPage', { url: 'https://pages.test/2' });

    expect(payment.update('page-2')?.state).toBe('completed');
    expect(payment.end).toMatchObject({
      continuedWith: { carried: { link: { url: 'https://pages.test/2' } } },
    });
  });

  it('does in the middle of a long push, which the next run finishes', async () => {
    const { pushDocument: _, ...world } = PAID_WORLD;
    const payment = await startPayment(sandbox, world, { print: 'on_demand' });
    await payment.signal('providerEvent', 'in_1');
    await payment.fail('pushDocument', trouble());
    payment.history = GROWN;
    await payment.ask('check', 'c1');

    expect(payment.update('c1')?.state).toBe('completed');
    expect(payment.end).toMatchObject({ continuedWith: { carried: { documentId: 'doc_1' } } });
  });
});

describe('the next run', () => {
  it('makes no page, knows the link and waits for the rest of the grace', async () => {
    const payment = await goOn(QUIET, CARRIED);
    await payment.ask('link', 'link');

    expect(payment.calls('createPage')).toEqual([]);
    expect(payment.update('link')?.answer).toEqual(LINK);
    expect(payment.timers()).toEqual([DAY - HOUR]);
  });

  it('acts on what was signalled to the one before', async () => {
    const payment = await goOn(PAID_WORLD, { ...CARRIED, eventIds: ['in_7'] });

    expect(questions(payment)).toEqual([{ eventIds: ['in_7'], isAsked: false }]);
    expect(payment.end).toEqual({ result: { status: 'completed', review: null } });
  });

  it('finishes the paper of a payment that is settled', async () => {
    const check = { status: 'completed', review: null };
    const payment = await goOn(WORLD, { ...CARRIED, check, documentId: 'doc_1' });

    expect(payment.calls('pushDocument')[0]?.input).toEqual({ workspaceId: 'ws_1', documentId: 'doc_1' });
    expect(payment.end).toEqual({ result: check });
  });
});
