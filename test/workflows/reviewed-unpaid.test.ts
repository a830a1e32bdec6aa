import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import { DAY, PAID, startPayment, trouble, UNCHANGED, UNDER_WAY, WORLD } from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** A row of the vendor cannot be read; nobody has paid. */
const UNREADABLE = { ...UNCHANGED, review: 'reconciliation' } as const;

/** An unpaid payment with a person's question, as somebody's check found it. */
const startReviewed = async () => {
  const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => UNREADABLE });
  await payment.ask('check', 'c1');
  return payment;
};

describe('a review of a payment that nobody has paid', () => {
  it('is answered to whoever asks, and the payment goes on waiting', async () => {
    const payment = await startReviewed();

    expect(payment.update('c1')?.answer).toEqual({ status: 'pending', review: 'reconciliation' });
    expect(payment.end).toBeNull();
    expect(payment.timers()).toEqual([DAY]);
  });

  it('lets the payer’s money be settled, printed and pushed as ever', async () => {
    const payment = await startReviewed();
    payment.answers = { ...WORLD, verifyPayment: () => PAID };
    await payment.signal('providerEvent', 'in_1');

    expect(payment.calls('settlePayment')).toHaveLength(1);
    expect(payment.calls('pushDocument')).toHaveLength(1);
    expect(payment.end).toEqual({ result: { status: 'completed', review: null } });
  });

  it('lets the payment expire, and stays open', async () => {
    const payment = await startReviewed();
    payment.answers = { ...WORLD, verifyPayment: () => UNREADABLE, closePayment: () => 'expired' };
    await payment.passes(DAY);
    await payment.answer('pollPayment', 'expired');

    expect(payment.end).toEqual({ result: { status: 'expired', review: 'reconciliation' } });
  });

  it('lets a cancel through', async () => {
    const payment = await startReviewed();
    payment.answers = { ...WORLD, verifyPayment: () => UNREADABLE, closePayment: () => 'cancelled' };
    await payment.ask('cancel', 'x1');

    expect(payment.update('x1')?.answer).toEqual({ status: 'cancelled', review: 'reconciliation' });
  });

  it('does not hide that money is on its way', async () => {
    const payment = await startReviewed();
    const onItsWay = { ...UNDER_WAY, review: 'reconciliation' } as const;
    payment.answers = { ...WORLD, verifyPayment: () => onItsWay, closePayment: () => 'cancelled' };
    await payment.ask('cancel', 'x1');

    expect(payment.calls('closePayment')).toEqual([]);
    expect(payment.end).toBeNull();
  });

  it('leaves a page that could not be made yet to be made', async () => {
    const { createPage: _, ...world } = WORLD;
    const payment = await startPayment(sandbox, { ...world, verifyPayment: () => UNREADABLE });
    await payment.fail('createPage', trouble());
    await payment.signal('providerEvent', 'in_1');

    expect(payment.pending()).toEqual(['createPage']);
  });
});

describe('a payment that was closed while its provider was asked', () => {
  it('is waited for no longer', async () => {
    const closed = { ...UNCHANGED, status: 'failed' } as const;
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => closed });
    await payment.ask('check', 'c1');

    expect(payment.end).toEqual({ result: { status: 'failed', review: null } });
  });
});
