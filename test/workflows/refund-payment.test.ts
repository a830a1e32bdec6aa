import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Answers, Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import { DAY, NOW, refusal, TERMS, trouble, WORLD } from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const IDS = { workspaceId: 'ws_1', refundId: 'rf_1' };
const INPUT = { ...IDS, paymentId: 'pay_1' };

/** The money goes back at once. */
const MOVED: Answers = {
  ...WORLD,
  sendRefund: () => ({ state: 'moved' }),
  settleRefund: () => ({ status: 'completed', documentId: 'doc_2' }),
  failRefund: () => ({ end: 'failed' }),
};

/** Starts it as the API does: with the update that waits for the end. */
const refund = (answers: Answers, print: 'at_issue' | 'on_demand' = 'at_issue'): Promise<Drive> =>
  sandbox.start('refundPayment', INPUT, {
    now: NOW,
    answers: { ...answers, readTerms: () => ({ ...TERMS, print }) },
    asking: { refund: 'refund' },
  });

const without = (...names: readonly (keyof Answers)[]): Answers =>
  Object.fromEntries(Object.entries(MOVED).filter(([name]) => !names.includes(name as keyof Answers)));

describe('money that is given back', () => {
  it('is sent by a regular activity, settled by a local one, and its credit is printed and pushed', async () => {
    const back = await refund(MOVED);

    expect(back.calls('sendRefund')).toMatchObject([{ isLocal: false, queue: 'payments', input: IDS }]);
    expect(back.calls('settleRefund')).toMatchObject([{ isLocal: true, input: IDS }]);
    const paper = { workspaceId: 'ws_1', documentId: 'doc_2' };
    expect(back.calls('printDocument')).toMatchObject([{ input: { ...paper, variant: 'original' } }]);
    expect(back.calls('pushDocument')).toMatchObject([{ input: paper }]);
    expect(back.end).toEqual({ result: { status: 'completed' } });
  });

  it('is answered when it is settled, before its paper is there', async () => {
    const back = await refund(without('printDocument', 'pushDocument'));

    expect(back.update('refund')).toEqual({ state: 'completed', answer: { status: 'completed' } });
    expect(back.end).toBeNull();
    await back.answer('printDocument', undefined);
    await back.answer('pushDocument', null);
    expect(back.end).toEqual({ result: { status: 'completed' } });
  });

  it('is not answered before it is settled', async () => {
    const back = await refund(without('settleRefund'));

    expect(back.update('refund')?.state).toBe('accepted');
    await back.answer('settleRefund', { status: 'completed', documentId: null });
    expect(back.update('refund')?.answer).toEqual({ status: 'completed' });
  });

  it('and leaves another charge to be documented has that one documented', async () => {
    const settled = { status: 'completed', documentId: null, settles: 'tx_2' } as const;
    const back = await refund({ ...MOVED, settleRefund: () => settled });

    expect(back.calls('settlePayment')).toMatchObject([{ input: { transactionId: 'tx_2' } }]);
    expect(back.calls('pushDocument')).toHaveLength(1);
  });

  it('that was never documented leaves no paper', async () => {
    const back = await refund({ ...MOVED, settleRefund: () => ({ status: 'completed', documentId: null }) });

    expect(back.story.filter((line) => /print|push/.test(line))).toEqual([]);
    expect(back.end).toEqual({ result: { status: 'completed' } });
  });

  it('is not printed where documents are printed on demand', async () => {
    const back = await refund(MOVED, 'on_demand');

    expect(back.calls('printDocument')).toEqual([]);
    expect(back.calls('pushDocument')).toHaveLength(1);
  });

  it('is settled by a regular activity when the local one fails', async () => {
    const back = await refund({
      ...MOVED,
      settleRefund: ({ isLocal }) => {
        if (isLocal) throw trouble();
        return { status: 'completed', documentId: 'doc_2' };
      },
    });

    expect(back.calls('settleRefund').map(({ isLocal }) => isLocal)).toEqual([true, false]);
    expect(back.calls('sendRefund')).toHaveLength(1);
    expect(back.end).toEqual({ result: { status: 'completed' } });
  });

  it('whose credit cannot be pushed has been given back all the same', async () => {
    const back = await refund({
      ...MOVED,
      pushDocument: () => {
        throw refusal('rejected');
      },
      giveUpPush: () => 'push_failed',
    });

    expect(back.calls('giveUpPush')).toHaveLength(1);
    expect(back.end).toEqual({ result: { status: 'completed' } });
  });

  it('goes once through each step, however often somebody asks for its end', async () => {
    const back = await refund(without('pushDocument'));
    await back.ask('refund', 'again');

    expect(back.update('again')?.answer).toEqual({ status: 'completed' });
    expect(back.calls('sendRefund')).toHaveLength(1);
    expect(back.calls('settleRefund')).toHaveLength(1);
  });
});

describe('a refund of which nobody knows what became', () => {
  const UNKNOWN: Answers = { ...MOVED, sendRefund: () => ({ state: 'look_up' }) };

  it('is looked up for as long as it takes, and settled when it is found', async () => {
    const back = await refund(UNKNOWN);
    expect(back.pending()).toEqual(['lookUpRefund']);
    await back.passes(40 * DAY);
    expect(back.update('refund')?.state).toBe('accepted');
    expect(back.calls('settleRefund')).toEqual([]);
    await back.answer('lookUpRefund', { state: 'moved' });

    expect(back.calls('lookUpRefund')).toMatchObject([{ isLocal: false, input: IDS }]);
    expect(back.update('refund')?.answer).toEqual({ status: 'completed' });
    expect(back.end).toEqual({ result: { status: 'completed' } });
  });

  it('is never sent a second time, whatever is found', async () => {
    const found = await refund({ ...UNKNOWN, lookUpRefund: () => ({ state: 'moved' }) });
    const refused = await refund({
      ...UNKNOWN,
      lookUpRefund: () => ({ state: 'failed', reason: 'rejected' }),
    });

    for (const back of [found, refused]) expect(back.calls('sendRefund')).toHaveLength(1);
  });

  it('that is found to be refused fails, and nothing is settled', async () => {
    const back = await refund({
      ...UNKNOWN,
      lookUpRefund: () => ({ state: 'failed', reason: 'rejected' }),
    });

    expect(back.calls('failRefund')).toMatchObject([{ input: { ...IDS, reason: 'rejected' } }]);
    expect(back.calls('settleRefund')).toEqual([]);
    expect(back.end).toEqual({ result: { status: 'failed' } });
  });

  it('that a person decided meanwhile ends as that person decided', async () => {
    const back = await refund({
      ...UNKNOWN,
      lookUpRefund: () => ({ state: 'moved' }),
      settleRefund: () => ({ status: 'failed', documentId: null }),
    });

    expect(back.update('refund')?.answer).toEqual({ status: 'failed' });
    expect(back.end).toEqual({ result: { status: 'failed' } });
  });
});

describe('a refund that the provider refuses', () => {
  const REFUSED: Answers = {
    ...MOVED,
    sendRefund: () => ({ state: 'failed', reason: 'unsupported_operation' }),
  };

  it('fails with the reason; nothing is settled, printed or pushed', async () => {
    const back = await refund(REFUSED);

    expect(back.calls('failRefund')).toMatchObject([
      { isLocal: false, input: { ...IDS, reason: 'unsupported_operation' } },
    ]);
    expect(back.story.filter((line) => /settle|print|push|lookUp/.test(line))).toEqual([]);
    expect(back.update('refund')?.answer).toEqual({ status: 'failed' });
    expect(back.end).toEqual({ result: { status: 'failed' } });
  });

  it('is answered when the books say so, and not before', async () => {
    const { failRefund: _, ...world } = REFUSED;
    const back = await refund(world);

    expect(back.update('refund')?.state).toBe('accepted');
    await back.answer('failRefund', { end: 'failed' });
    expect(back.update('refund')?.answer).toEqual({ status: 'failed' });
  });

  it('has the charge that is kept documented, printed and pushed', async () => {
    const back = await refund({ ...REFUSED, failRefund: () => ({ end: 'failed', settles: 'tx_2' }) });

    const order = { workspaceId: 'ws_1', paymentId: 'pay_1', transactionId: 'tx_2', eventIds: [] };
    expect(back.calls('settlePayment')).toMatchObject([{ isLocal: true, input: order }]);
    expect(back.calls('pushDocument')).toHaveLength(1);
    expect(back.end).toEqual({ result: { status: 'failed' } });
  });

  it('is settled instead where a transaction was tied to it in the meantime', async () => {
    const back = await refund({ ...REFUSED, failRefund: () => ({ end: 'moved' }) });
    expect(back.calls('settleRefund')).toHaveLength(1);
    expect(back.update('refund')?.answer).toEqual({ status: 'completed' });
  });
});

describe('a refund whose order could not leave', () => {
  it('stays one activity that Temporal repeats by itself: the workflow schedules no second', async () => {
    const back = await refund(without('sendRefund'));
    await back.passes(3 * DAY);

    expect(back.calls('sendRefund')).toHaveLength(1);
    expect(back.pending()).toEqual(['sendRefund']);
    expect(back.timers()).toEqual([]);
  });

  it('for good, since our rows of it are gone, fails the workflow in plain sight', async () => {
    const back = await refund(without('sendRefund'));
    await back.fail('sendRefund', refusal('no_such_refund'));

    expect(back.calls('sendRefund')).toHaveLength(1);
    expect(back.end).toEqual({ failure: 'the other side refused' });
  });
});
