import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import {
  DAY,
  HOUR,
  INPUT,
  MISMATCH,
  NOW,
  PAID,
  questions,
  refusal,
  SECOND,
  SETTLEMENT,
  startPayment,
  UNCHANGED,
  WORLD,
} from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** A payment whose webhook never came: its provider is being asked. */
const startPolled = async (answers: Drive['answers'] = {}): Promise<Drive> => {
  const payment = await startPayment(sandbox, { ...WORLD, ...answers });
  await payment.passes(DAY);
  return payment;
};

describe('when no webhook comes', () => {
  it('the provider is asked after 24 hours and not before', async () => {
    const payment = await startPayment(sandbox, WORLD);
    await payment.passes(DAY - SECOND);
    expect(payment.calls('pollPayment')).toEqual([]);
    await payment.passes(SECOND);

    expect(payment.calls('pollPayment')[0]).toMatchObject({
      isLocal: false,
      input: { ...INPUT, isUnderWay: false },
    });
  });

  it('the provider is asked at expiry where that comes before the end of the grace', async () => {
    const expiresAt = new Date(NOW + 2 * HOUR).toISOString();
    const payment = await startPayment(sandbox, WORLD, { expiresAt });
    expect(payment.timers()).toEqual([2 * HOUR]);
    await payment.passes(2 * HOUR);

    expect(payment.pending()).toEqual(['pollPayment']);
  });

  it('the provider is asked at once where the link has expired already', async () => {
    const payment = await startPayment(sandbox, WORLD, { expiresAt: new Date(NOW - HOUR).toISOString() });

    expect(payment.timers()).toEqual([]);
    expect(payment.pending()).toEqual(['pollPayment']);
  });

  it('weeks of asking are one activity and no timer', async () => {
    const payment = await startPolled();
    await payment.passes(21 * DAY);

    expect(payment.calls('pollPayment')).toHaveLength(1);
    expect(payment.timers()).toEqual([]);
  });

  it('money that the poll finds is settled, printed and pushed', async () => {
    const payment = await startPolled();
    await payment.answer('pollPayment', PAID);

    expect(payment.calls('settlePayment')[0]?.input).toMatchObject({ transactionId: 'txn_1', eventIds: [] });
    expect(payment.calls('printDocument')).toHaveLength(1);
    expect(payment.calls('pushDocument')).toHaveLength(1);
    expect(payment.end).toEqual({ result: { status: 'completed', review: null } });
  });

  it('another amount that the poll finds is held for a person and not settled', async () => {
    const payment = await startPolled();
    await payment.answer('pollPayment', MISMATCH);

    expect(payment.calls('settlePayment')).toEqual([]);
    expect(payment.end).toEqual({ result: { status: 'pending', review: 'amount_mismatch' } });
  });

  it('a link past its time closes the payment as expired', async () => {
    const payment = await startPolled({ closePayment: () => 'expired' });
    await payment.answer('pollPayment', 'expired');

    expect(payment.calls('closePayment').map(({ input }) => input)).toEqual([
      { workspaceId: 'ws_1', paymentId: 'pay_1', status: 'expired', reason: 'link_expired' },
    ]);
    expect(payment.calls('closePage')).toEqual([]);
    expect(payment.end).toEqual({ result: { status: 'expired', review: null } });
  });
});

describe('a webhook that comes while the provider is being asked', () => {
  it('interrupts the asking and is acted on', async () => {
    const payment = await startPolled({ verifyPayment: () => PAID });
    await payment.signal('providerEvent', 'in_1');

    expect(payment.story).toContain('cancel pollPayment');
    expect(questions(payment)).toEqual([{ eventIds: ['in_1'], isAsked: false }]);
    expect(payment.end).toEqual({ result: { status: 'completed', review: null } });
  });

  it('and changes nothing lets the asking go on', async () => {
    const payment = await startPolled({ verifyPayment: () => UNCHANGED });
    await payment.passes(HOUR);
    await payment.signal('providerEvent', 'in_1');

    const polls = payment.calls('pollPayment').map(({ input }) => input);
    expect(polls).toHaveLength(2);
    expect(polls[1]).toEqual(polls[0]);
    expect(payment.pending()).toEqual(['pollPayment']);
  });

  it('and settles a payment that is just being closed gets its document printed and pushed', async () => {
    const settlement = { ...SETTLEMENT, review: 'late_success' as const };
    const payment = await startPolled({ verifyPayment: () => PAID, settlePayment: () => settlement });
    await payment.answer('pollPayment', 'expired');
    await payment.signal('providerEvent', 'in_1');
    await payment.answer('closePayment', 'expired');

    expect(payment.calls('settlePayment')).toHaveLength(1);
    expect(payment.calls('printDocument')).toHaveLength(1);
    expect(payment.calls('pushDocument')).toHaveLength(1);
    expect(payment.end).toEqual({ result: { status: 'completed', review: 'late_success' } });
  });
});

describe('asking that cannot go on', () => {
  it('fails the workflow in plain sight and is not begun again', async () => {
    const payment = await startPolled();
    await payment.fail('pollPayment', refusal('no_such_payment'));

    expect(payment.calls('pollPayment')).toHaveLength(1);
    expect(payment.end).toEqual({ failure: 'the other side refused' });
  });

  it('ends when an operator cancels the workflow', async () => {
    const payment = await startPolled();
    await payment.cancel();

    expect(payment.calls('pollPayment')).toHaveLength(1);
    expect(payment.end).toEqual({ failure: 'cancelled' });
  });
});
