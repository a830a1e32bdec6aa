import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import {
  DAY,
  PAID_WORLD,
  questions,
  refusal,
  startPayment,
  UNCHANGED,
  UNDER_WAY,
  WORLD,
} from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

describe('check', () => {
  it('is answered after the provider was asked, and not before', async () => {
    const payment = await startPayment(sandbox, WORLD);
    await payment.ask('check', 'c1');
    expect(payment.update('c1')?.state).toBe('accepted');
    expect(questions(payment)).toEqual([{ eventIds: [], isAsked: true }]);
    await payment.answer('verifyPayment', UNCHANGED);

    expect(payment.update('c1')).toEqual({
      state: 'completed',
      answer: { status: 'pending', review: null },
    });
    expect(payment.end).toBeNull();
  });

  it('that finds money is answered with the settled payment', async () => {
    const payment = await startPayment(sandbox, PAID_WORLD);
    await payment.ask('check', 'c1');

    expect(payment.update('c1')?.answer).toEqual({ status: 'completed', review: null });
    expect(payment.end).toEqual({ result: { status: 'completed', review: null } });
  });

  it('that comes while another is under way is answered by a question of its own', async () => {
    const payment = await startPayment(sandbox, WORLD);
    await payment.ask('check', 'c1');
    await payment.ask('check', 'c2');
    await payment.answer('verifyPayment', UNCHANGED);
    expect([payment.update('c1')?.state, payment.update('c2')?.state]).toEqual(['completed', 'accepted']);
    await payment.answer('verifyPayment', UNCHANGED);

    expect(payment.update('c2')?.state).toBe('completed');
    expect(questions(payment)).toHaveLength(2);
  });

  it('interrupts the poll, which goes on afterwards', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => UNCHANGED });
    await payment.passes(DAY);
    await payment.ask('check', 'c1');

    expect(payment.story).toContain('cancel pollPayment');
    expect(payment.update('c1')?.state).toBe('completed');
    expect(payment.pending()).toEqual(['pollPayment']);
  });

  it('while the document is being pushed is answered without waiting for the push', async () => {
    const { pushDocument: _, ...world } = PAID_WORLD;
    const payment = await startPayment(sandbox, world);
    await payment.signal('providerEvent', 'in_1');
    await payment.ask('check', 'c1');

    expect(payment.update('c1')?.answer).toEqual({ status: 'completed', review: null });
    expect(payment.pending()).toEqual(['pushDocument']);
  });
});

describe('renewPage', () => {
  it('makes a page only after the provider said that nobody has paid', async () => {
    const payment = await startPayment(sandbox, WORLD);
    payment.answers.createPage = () => ({ url: 'https://pages.test/2' });
    await payment.ask('renewPage', 'page-2');
    expect(payment.calls('createPage')).toHaveLength(1);
    await payment.answer('verifyPayment', UNCHANGED);

    expect(payment.calls('createPage')).toHaveLength(2);
    expect(payment.update('page-2')?.answer).toEqual({ url: 'https://pages.test/2', failure: null });
  });

  it('makes no page for a payment that turns out to be paid', async () => {
    const payment = await startPayment(sandbox, PAID_WORLD);
    await payment.ask('renewPage', 'page-2');

    expect(payment.calls('createPage')).toHaveLength(1);
    expect(payment.end).toEqual({ result: { status: 'completed', review: null } });
  });

  it('makes no page for a payment that was given up', async () => {
    const payment = await startPayment(sandbox, {
      ...WORLD,
      verifyPayment: () => ({ ...UNCHANGED, status: 'expired' }),
    });
    await payment.ask('renewPage', 'page-2');

    expect(payment.calls('createPage')).toHaveLength(1);
    expect(payment.update('page-2')?.state).toBe('completed');
  });

  it('makes no second page while money is on its way', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => UNDER_WAY });
    await payment.signal('providerEvent', 'in_1');
    await payment.ask('renewPage', 'page-2');

    expect(payment.calls('createPage')).toHaveLength(1);
    expect(payment.update('page-2')?.state).toBe('completed');
  });

  it('that the provider refuses is answered so, and the payment is still listened for', async () => {
    const payment = await startPayment(sandbox, {
      ...WORLD,
      verifyPayment: () => UNCHANGED,
      closePayment: () => 'failed',
    });
    payment.answers.createPage = () => {
      throw refusal('provider_rejected');
    };
    await payment.ask('renewPage', 'page-2');

    expect(payment.update('page-2')?.answer).toEqual({
      url: null,
      failure: expect.objectContaining({ code: 'provider_rejected' }) as object,
    });
    expect(payment.calls('closePayment')).toEqual([]);
    expect(payment.end).toBeNull();
  });
});
