import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { Verification } from '../../src/activities/books/verification.ts';
import { openSandbox } from './support/sandbox.ts';
import type { Answers, Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import {
  DAY,
  HOUR,
  MISMATCH,
  PAID,
  PAID_WORLD,
  questions,
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

const CANCELLED = { status: 'cancelled', review: null };
const COMPLETED = { status: 'completed', review: null };

/** Nobody has paid, and closing works: what the provider says follows from whether the payment was closed. */
const unpaid = (more: Answers = {}): Answers => {
  let status: Verification['status'] = 'pending';
  return {
    ...WORLD,
    verifyPayment: () => ({ ...UNCHANGED, status }),
    closePayment: () => (status = 'cancelled'),
    ...more,
  };
};

/** What the provider says at each question, in order; the last one again and again. */
const saying = (...findings: readonly Verification[]): (() => Verification) => {
  const left = [...findings];
  return () => (left.length > 1 ? left.shift() : left[0]) ?? UNCHANGED;
};

const closings = (payment: Drive) => payment.calls('closePayment').map(({ input }) => input);

describe('cancel', () => {
  it('asks the provider, kills the page and then ends the payment', async () => {
    const payment = await startPayment(sandbox, unpaid());
    const before = payment.story.length;
    await payment.ask('cancel', 'c1');

    expect(questions(payment)).toEqual([{ eventIds: [], isAsked: true }]);
    expect(payment.story.slice(before).filter((line) => line.startsWith('local'))).toEqual([
      'local verifyPayment',
      'local closePage',
      'local closePayment',
    ]);
    expect(closings(payment)).toEqual([
      { workspaceId: 'ws_1', paymentId: 'pay_1', status: 'cancelled', reason: 'cancelled' },
    ]);
    expect(payment.update('c1')).toEqual({ state: 'completed', answer: CANCELLED });
    expect(payment.end).toEqual({ result: CANCELLED });
    expect(payment.upserts).toEqual([{ PaymentStatus: 'cancelled', Review: null }]);
  });

  it('is not answered before the payment is closed', async () => {
    const { closePayment: _, ...world } = unpaid();
    const payment = await startPayment(sandbox, world);
    await payment.ask('cancel', 'c1');
    expect(payment.pending()).toEqual(['closePayment']);
    expect(payment.update('c1')?.state).toBe('accepted');
    await payment.answer('closePayment', 'cancelled');

    expect(payment.update('c1')?.answer).toEqual(CANCELLED);
  });

  it('that finds money settles the payment, and neither kills its page nor closes it', async () => {
    const payment = await startPayment(sandbox, PAID_WORLD);
    await payment.ask('cancel', 'c1');

    expect(payment.update('c1')?.answer).toEqual(COMPLETED);
    expect([payment.calls('closePage'), closings(payment)]).toEqual([[], []]);
    expect(payment.calls('pushDocument')).toHaveLength(1);
    expect(payment.end).toEqual({ result: COMPLETED });
  });

  it('that finds money of another amount leaves it to a person', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => MISMATCH });
    await payment.ask('cancel', 'c1');

    expect(payment.update('c1')?.answer).toEqual({ status: 'pending', review: 'amount_mismatch' });
    expect([payment.calls('closePage'), closings(payment)]).toEqual([[], []]);
  });

  it('interrupts the asking of the provider', async () => {
    const payment = await startPayment(sandbox, unpaid());
    await payment.passes(DAY);
    expect(payment.pending()).toEqual(['pollPayment']);
    await payment.ask('cancel', 'c1');

    expect(payment.story).toContain('cancel pollPayment');
    expect(payment.update('c1')?.answer).toEqual(CANCELLED);
    expect(payment.end).toEqual({ result: CANCELLED });
  });

  it('asked for twice at once closes the payment once, and both are answered', async () => {
    const { verifyPayment: _, ...world } = unpaid();
    const payment = await startPayment(sandbox, world);
    await payment.ask('cancel', 'c1');
    await payment.ask('cancel', 'c2');
    await payment.answer('verifyPayment', UNCHANGED);
    await payment.answer('verifyPayment', { ...UNCHANGED, status: 'cancelled' });

    expect(['c1', 'c2'].map((id) => payment.update(id)?.answer)).toEqual([CANCELLED, CANCELLED]);
    expect(closings(payment)).toHaveLength(1);
    expect(payment.calls('closePage')).toHaveLength(1);
  });

  it('while the document is being pushed is answered with the paid payment', async () => {
    const { pushDocument: _, ...world } = PAID_WORLD;
    const payment = await startPayment(sandbox, { ...world, verifyPayment: saying(PAID, SETTLED) });
    await payment.signal('providerEvent', 'in_1');
    await payment.ask('cancel', 'c1');

    expect(payment.update('c1')?.answer).toEqual(COMPLETED);
    expect([payment.calls('closePage'), closings(payment)]).toEqual([[], []]);
    expect(payment.pending()).toEqual(['pushDocument']);
  });

  it('makes no new page for somebody who wanted one at the same moment', async () => {
    const { verifyPayment: _, ...world } = unpaid();
    const payment = await startPayment(sandbox, world);
    await payment.ask('check', 'first');
    await payment.ask('cancel', 'c1');
    await payment.ask('renewPage', 'page-2');
    await payment.answer('verifyPayment', UNCHANGED);
    await payment.answer('verifyPayment', UNCHANGED);

    expect(payment.calls('createPage')).toHaveLength(1);
    expect(payment.update('c1')?.answer).toEqual(CANCELLED);
    expect(payment.end).toEqual({ result: CANCELLED });
  });
});

describe('cancel while the page is being made', () => {
  const startWaiting = (answers: Answers): Promise<Drive> => {
    const { createPage: _, ...world } = unpaid(answers);
    return startPayment(sandbox, world);
  };

  it.each([
    ['at the first try', false],
    ['after trouble', true],
  ])('%s ends the payment at once and answers both who asked', async (_when, isInTrouble) => {
    const payment = await startWaiting({});
    if (isInTrouble) await payment.fail('createPage', trouble());
    await payment.ask('cancel', 'c1');

    expect(payment.story).toContain('cancel createPage');
    expect(payment.update('link')?.answer).toEqual({
      url: null,
      failure: expect.objectContaining({ code: 'cancelled' }) as object,
    });
    expect(payment.update('c1')?.answer).toEqual(CANCELLED);
    expect(closings(payment)).toHaveLength(1);
    expect(payment.end).toEqual({ result: CANCELLED });
  });

  it('does not begin to make it again', async () => {
    const payment = await startWaiting({});
    await payment.ask('cancel', 'c1');

    expect(payment.calls('createPage')).toHaveLength(1);
    expect(payment.pending()).toEqual([]);
  });
});

describe('the page of a payment that is being cancelled', () => {
  it('is killed at the provider before the payment is closed', async () => {
    const { closePage: _, ...world } = unpaid();
    const payment = await startPayment(sandbox, world);
    await payment.ask('cancel', 'c1');
    expect(payment.pending()).toEqual(['closePage']);
    expect(closings(payment)).toEqual([]);
    await payment.answer('closePage', 'dead');

    expect(payment.end).toEqual({ result: CANCELLED });
  });

  it('is waited for where the provider cannot kill it just now', async () => {
    const { closePage: _, ...world } = unpaid();
    const payment = await startPayment(sandbox, world);
    await payment.ask('cancel', 'c1');
    await payment.fail('closePage', trouble());
    expect(payment.calls('closePage').map(({ isLocal }) => isLocal)).toEqual([true, false]);
    expect(closings(payment)).toEqual([]);
    await payment.answer('closePage', 'dead');

    expect(payment.end).toEqual({ result: CANCELLED });
  });

  it('that the provider refuses to kill, for it was paid, settles the payment', async () => {
    const payment = await startPayment(sandbox, unpaid({ closePage: () => 'refused' }));
    payment.answers.verifyPayment = saying(UNCHANGED, PAID);
    await payment.ask('cancel', 'c1');

    expect(questions(payment).at(-1)).toEqual({ eventIds: [], isAsked: true });
    expect(closings(payment)).toEqual([]);
    expect(payment.calls('settlePayment')).toHaveLength(1);
    expect(payment.calls('pushDocument')).toHaveLength(1);
    expect(payment.end).toEqual({ result: COMPLETED });
    expect(payment.update('c1')?.answer).toEqual(COMPLETED);
  });

  it('that the provider refuses to kill though nobody paid is closed all the same', async () => {
    const payment = await startPayment(sandbox, unpaid({ closePage: () => 'refused' }));
    await payment.ask('cancel', 'c1');

    expect(payment.calls('closePage')).toHaveLength(1);
    expect(closings(payment)).toHaveLength(1);
    expect(payment.end).toEqual({ result: CANCELLED });
  });

  it('that the provider refuses to kill while money is on its way ends nothing', async () => {
    const payment = await startPayment(sandbox, unpaid({ closePage: () => 'refused' }));
    payment.answers.verifyPayment = saying(UNCHANGED, UNDER_WAY);
    await payment.ask('cancel', 'c1');

    expect(closings(payment)).toEqual([]);
    expect(payment.update('c1')?.answer).toEqual({ status: 'pending', review: null });
    await payment.passes(HOUR);
    await payment.answer('pollPayment', PAID);
    expect(payment.end).toEqual({ result: COMPLETED });
  });

  it('is killed, and news of money that came in that moment has the provider asked: nothing ends', async () => {
    const payment = await startPayment(sandbox, unpaid({ closePayment: () => 'pending' }));
    await payment.ask('cancel', 'c1');

    expect(payment.update('c1')?.answer).toEqual({ status: 'pending', review: null });
    expect(payment.pending()).toEqual(['pollPayment']);
    await payment.answer('pollPayment', PAID);
    expect(payment.end).toEqual({ result: COMPLETED });
  });

  it('does not matter where the payment was settled meanwhile: the answer says what is true', async () => {
    const payment = await startPayment(sandbox, unpaid({ closePayment: () => 'completed' }));
    await payment.ask('cancel', 'c1');

    expect(payment.end).toEqual({ result: COMPLETED });
  });
});
