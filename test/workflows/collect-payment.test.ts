import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import {
  DAY,
  HOUR,
  MISMATCH,
  PAID,
  PAID_WORLD,
  questions,
  refusal,
  SECOND,
  SETTLED,
  startPayment,
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

describe('the link', () => {
  it('is answered by the call that starts the payment, which then waits for the grace', async () => {
    const payment = await startPayment(sandbox, WORLD);

    expect(payment.update('link')).toEqual({
      state: 'completed',
      answer: { url: 'https://pages.test/1', failure: null },
    });
    expect(payment.timers()).toEqual([86_400 * SECOND]);
    expect(payment.tasks).toBe(1);
  });

  it('is made by a regular activity when the local one fails', async () => {
    const payment = await startPayment(sandbox, {
      ...WORLD,
      createPage: (call) => {
        if (call.isLocal) throw trouble();
        return { url: 'https://pages.test/second-try' };
      },
    });

    expect(payment.calls('createPage').map((call) => call.isLocal)).toEqual([true, false]);
    expect(payment.update('link')?.answer).toEqual({ url: 'https://pages.test/second-try', failure: null });
  });

  it('keeps the caller waiting while the provider is down', async () => {
    const { createPage: _, ...world } = WORLD;
    const payment = await startPayment(sandbox, world);
    await payment.fail('createPage', trouble());

    expect(payment.pending()).toEqual(['createPage']);
    expect(payment.update('link')?.state).toBe('accepted');
  });

  it('that the provider refuses is not asked for again and ends the payment as failed', async () => {
    const payment = await startPayment(sandbox, {
      createPage: () => {
        throw refusal('provider_rejected');
      },
      closePayment: () => 'failed',
    });

    expect(payment.calls('createPage')).toHaveLength(1);
    expect(payment.calls('closePayment')[0]?.input).toMatchObject({
      paymentId: 'pay_1',
      status: 'failed',
      reason: 'provider_rejected',
    });
    expect(payment.update('link')?.answer).toEqual({
      url: null,
      failure: expect.objectContaining({ code: 'provider_rejected' }) as object,
    });
    expect(payment.end).toEqual({ result: { status: 'failed', review: null } });
  });
});

describe('a webhook', () => {
  it('leads through verification to settlement, paper and the end', async () => {
    const payment = await startPayment(sandbox, PAID_WORLD);
    await payment.passes(3 * HOUR);
    await payment.signal('providerEvent', 'in_1');

    expect(questions(payment)).toEqual([{ eventIds: ['in_1'], isAsked: false }]);
    expect(payment.calls('settlePayment')[0]?.input).toEqual({
      workspaceId: 'ws_1',
      paymentId: 'pay_1',
      transactionId: 'txn_1',
      eventIds: ['in_1'],
    });
    const paper = { workspaceId: 'ws_1', documentId: 'doc_1' };
    expect(payment.calls('printDocument')[0]).toMatchObject({
      input: { ...paper, variant: 'original' },
      isLocal: false,
      queue: 'documents',
    });
    expect(payment.calls('pushDocument')[0]).toMatchObject({ input: paper, isLocal: true });
    expect(payment.end).toEqual({ result: { status: 'completed', review: null } });
  });

  it('costs three workflow tasks with printing and two without, from the start to the end', async () => {
    const printed = await startPayment(sandbox, PAID_WORLD);
    await printed.signal('providerEvent', 'in_1');
    const unprinted = await startPayment(sandbox, PAID_WORLD, { print: 'on_demand' });
    await unprinted.signal('providerEvent', 'in_1');

    expect([printed.end, unprinted.end]).not.toContain(null);
    expect([printed.tasks, unprinted.tasks]).toEqual([3, 2]);
  });

  it('signalled twice in one delivery is verified once', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => UNCHANGED });
    await payment.signal('providerEvent', 'in_1', 'in_1');
    await payment.signal('providerEvent', 'in_2');

    expect(questions(payment).map(({ eventIds }) => eventIds)).toEqual([['in_1'], ['in_2']]);
  });

  it('and another that arrives at once are verified together', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => UNCHANGED });
    await payment.signal('providerEvent', 'in_1', 'in_2');

    expect(questions(payment).map(({ eventIds }) => eventIds)).toEqual([['in_1', 'in_2']]);
  });

  it.each([[42], [null], [{ eventId: 'in_1' }], [['in_1']], [undefined]])(
    'whose signal carries %p instead of an id is ignored',
    async (value) => {
      const payment = await startPayment(sandbox, WORLD);
      const before = payment.story.length;
      await payment.signal('providerEvent', value);

      expect(payment.story.slice(before)).toEqual([]);
      expect(payment.end).toBeNull();
    },
  );

  it('that changes nothing leaves the payment waiting for the rest of its grace', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => UNCHANGED });
    await payment.passes(20 * HOUR);
    await payment.signal('providerEvent', 'in_1');

    expect(payment.calls('settlePayment')).toEqual([]);
    expect(payment.timers()).toEqual([4 * HOUR]);
  });

  it('that the provider does not show yet has it asked from now on, not after the grace', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => UNDER_WAY });
    await payment.signal('providerEvent', 'in_1');
    expect(payment.timers()).toEqual([SECOND / 2]);
    await payment.passes(SECOND);
    expect(payment.calls('pollPayment')[0]?.input).toMatchObject({
      isUnderWay: true,
    });
    await payment.answer('pollPayment', PAID);

    expect(payment.end).toEqual({ result: { status: 'completed', review: null } });
  });

  it('is verified and settled by regular activities when the local ones fail', async () => {
    const payment = await startPayment(sandbox, {
      ...WORLD,
      verifyPayment: (call) => {
        if (call.isLocal) throw trouble();
        return PAID;
      },
      settlePayment: (call) => {
        if (call.isLocal) throw new Error('the database went away');
        return { status: 'completed', review: null, documentId: 'doc_1' };
      },
    });
    await payment.signal('providerEvent', 'in_1');

    expect(payment.calls('verifyPayment').map((call) => call.isLocal)).toEqual([true, false]);
    expect(payment.calls('settlePayment').map((call) => call.isLocal)).toEqual([true, false]);
    expect(payment.end).toEqual({ result: { status: 'completed', review: null } });
  });

  it('of another amount ends in review: nothing is settled, printed or pushed', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => MISMATCH });
    await payment.signal('providerEvent', 'in_1');

    expect(payment.end).toEqual({ result: { status: 'pending', review: 'amount_mismatch' } });
    for (const name of ['settlePayment', 'printDocument', 'pushDocument'] as const)
      expect(payment.calls(name)).toEqual([]);
  });

  it('of a payment that is settled already brings its paper to an end', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => SETTLED });
    await payment.signal('providerEvent', 'in_1');

    expect(payment.calls('pushDocument')).toHaveLength(1);
    expect(payment.end).toEqual({ result: { status: 'completed', review: null } });
  });
});

describe('search attributes', () => {
  it('are upserted once, at the end, with how the payment ended', async () => {
    const paid = await startPayment(sandbox, PAID_WORLD);
    await paid.passes(DAY - HOUR);
    expect(paid.upserts).toEqual([]);
    await paid.signal('providerEvent', 'in_1');
    const held = await startPayment(sandbox, { ...WORLD, verifyPayment: () => MISMATCH });
    await held.signal('providerEvent', 'in_1');

    expect(paid.upserts).toEqual([{ PaymentStatus: 'completed', Review: null }]);
    expect(paid.story.slice(-2)).toEqual(['upsert', 'end']);
    expect(held.upserts).toEqual([{ PaymentStatus: 'pending', Review: 'amount_mismatch' }]);
  });
});
