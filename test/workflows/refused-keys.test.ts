import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { Verification } from '../../src/activities/books/verification.ts';
import { openSandbox } from './support/sandbox.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import { DAY, startPayment, UNCHANGED, WORLD } from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** The provider refuses our keys: nobody could be asked. */
const UNASKED: Verification = { ...UNCHANGED, verdict: 'unasked' };

describe('a payment about which nobody can be asked', () => {
  it('is cancelled, its page is given up, and the reason is told', async () => {
    const payment = await startPayment(sandbox, {
      ...WORLD,
      verifyPayment: () => UNASKED,
      closePayment: () => 'cancelled',
    });
    await payment.ask('cancel', 'x1');

    expect(payment.calls('closePage')).toHaveLength(1);
    expect(payment.calls('closePayment').map(({ input }) => input)).toMatchObject([
      { status: 'cancelled', reason: 'keys_refused' },
    ]);
    expect(payment.update('x1')?.answer).toEqual({ status: 'cancelled', review: null });
  });

  it('expires, and the reason is told', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, closePayment: () => 'expired' });
    await payment.passes(DAY);
    await payment.answer('pollPayment', UNASKED);

    expect(payment.calls('closePayment').map(({ input }) => input)).toMatchObject([
      { status: 'expired', reason: 'keys_refused' },
    ]);
  });

  it('goes on waiting after news of it', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => UNASKED });
    await payment.signal('providerEvent', 'in_1');

    expect(payment.end).toBeNull();
    expect(payment.timers()).toEqual([DAY]);
  });
});
