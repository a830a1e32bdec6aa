import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Answers, Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import {
  DAY,
  HOUR,
  NOW,
  PAID,
  PAID_WORLD,
  refusal,
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
const EXPIRED = { status: 'expired', review: null };
const COMPLETED = { status: 'completed', review: null };

const withoutPages = ({ createPage: _, ...world }: Answers): Answers => world;

/** A payment that waits for its first page, at a provider that is down. */
async function startWithoutPage(answers: Answers, expiresAt = NOW + 30 * DAY): Promise<Drive> {
  const input = { expiresAt: new Date(expiresAt).toISOString() };
  const payment = await startPayment(sandbox, withoutPages(answers), input);
  await payment.fail('createPage', trouble());
  return payment;
}

/** A payment whose page is there and whose next one is being made, at a provider that is down. */
async function startRenewing(answers: Answers, expiresAt = NOW + 30 * DAY): Promise<Drive> {
  const input = { expiresAt: new Date(expiresAt).toISOString() };
  const payment = await startPayment(sandbox, { ...answers, verifyPayment: () => UNCHANGED }, input);
  payment.answers = withoutPages(payment.answers);
  await payment.ask('renewPage', 'page-2');
  await payment.fail('createPage', trouble());
  if (answers.verifyPayment) payment.answers.verifyPayment = answers.verifyPayment;
  return payment;
}

describe('a first page that cannot be made for hours', () => {
  it('does not keep the payment from expiring, and its provider is not asked', async () => {
    const payment = await startWithoutPage({ ...WORLD, closePayment: () => 'expired' }, NOW + 2 * HOUR);
    await payment.passes(2 * HOUR);

    expect(payment.calls('pollPayment')).toEqual([]);
    expect(payment.story).toContain('cancel createPage');
    expect(payment.update('link')?.answer).toEqual({
      url: null,
      failure: expect.objectContaining({ code: 'link_expired' }) as object,
    });
    expect(payment.end).toEqual({ result: EXPIRED });
  });

  it('is given up where a webhook shows that the payment is paid', async () => {
    const payment = await startWithoutPage(PAID_WORLD);
    await payment.signal('providerEvent', 'in_1');

    expect(payment.story).toContain('cancel createPage');
    expect(payment.update('link')?.state).toBe('completed');
    expect(payment.end).toEqual({ result: COMPLETED });
  });

  it('and news that change nothing does not stop the making of it', async () => {
    const payment = await startWithoutPage({ ...WORLD, verifyPayment: () => UNCHANGED });
    await payment.signal('providerEvent', 'in_1');
    await payment.ask('check', 'c1');
    expect(payment.update('c1')?.state).toBe('completed');
    await payment.answer('createPage', { url: 'https://pages.test/at-last' });

    expect(payment.update('link')?.answer).toEqual({ url: 'https://pages.test/at-last', failure: null });
    expect(payment.calls('createPage')).toHaveLength(2);
  });
});

describe('a later page that cannot be made for hours', () => {
  it('is given up where a webhook shows that the payment is paid', async () => {
    const payment = await startRenewing(PAID_WORLD);
    await payment.signal('providerEvent', 'in_1');

    expect(payment.story).toContain('cancel createPage');
    expect(payment.update('page-2')?.state).toBe('completed');
    expect(payment.end).toEqual({ result: COMPLETED });
  });

  it('is given up where somebody cancels', async () => {
    const payment = await startRenewing({ ...WORLD, closePayment: () => 'cancelled' });
    await payment.ask('cancel', 'c1');

    expect(payment.story).toContain('cancel createPage');
    expect(payment.update('c1')?.answer).toEqual(CANCELLED);
    expect(payment.end).toEqual({ result: CANCELLED });
  });

  it('keeps neither the poll from asking nor the payment from expiring', async () => {
    const payment = await startRenewing({ ...WORLD, closePayment: () => 'expired' }, NOW + HOUR);
    await payment.passes(HOUR);
    expect(payment.pending()).toEqual(['createPage', 'pollPayment']);
    await payment.answer('pollPayment', 'expired');

    expect(payment.story).toContain('cancel createPage');
    expect(payment.end).toEqual({ result: EXPIRED });
  });

  it('answers a check at once, and who wants a page when it is there', async () => {
    const payment = await startRenewing(WORLD);
    await payment.ask('check', 'c1');
    await payment.answer('verifyPayment', UNCHANGED).catch(() => undefined);
    expect([payment.update('c1')?.state, payment.update('page-2')?.state]).toEqual(['completed', 'accepted']);
    await payment.answer('createPage', { url: 'https://pages.test/2' });

    expect(payment.update('page-2')?.answer).toEqual({ url: 'https://pages.test/2', failure: null });
  });

  it('is made once for all who want one meanwhile', async () => {
    const payment = await startRenewing(WORLD);
    await payment.ask('renewPage', 'page-3');
    await payment.answer('createPage', { url: 'https://pages.test/2' });

    // One of the first page, two tries of the second.
    expect(payment.calls('createPage')).toHaveLength(3);
    expect(payment.update('page-3')?.answer).toEqual({ url: 'https://pages.test/2', failure: null });
  });
});

describe('a later page that was refused', () => {
  it('is tried again by whoever asks next', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => UNCHANGED });
    payment.answers.createPage = () => {
      throw refusal('rejected');
    };
    await payment.ask('renewPage', 'one');
    payment.answers.createPage = () => ({ url: 'https://pages.test/3' });
    await payment.ask('renewPage', 'two');

    expect(payment.update('one')?.answer).toEqual({
      url: null,
      failure: expect.objectContaining({ code: 'rejected' }) as object,
    });
    expect(payment.update('two')?.answer).toEqual({ url: 'https://pages.test/3', failure: null });
  });
});

describe('money that is on its way', () => {
  const startUnderWay = async (answers: Answers = {}): Promise<Drive> => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => UNDER_WAY, ...answers });
    await payment.signal('providerEvent', 'in_1');
    return payment;
  };

  it('keeps the payment from being cancelled', async () => {
    const payment = await startUnderWay();
    await payment.ask('cancel', 'c1');

    expect([payment.calls('closePage'), payment.calls('closePayment')]).toEqual([[], []]);
    expect(payment.update('c1')?.answer).toEqual({ status: 'pending', review: null });
    expect(payment.end).toBeNull();
  });

  it('and comes to nothing lets the payment wait for the rest of its grace', async () => {
    const payment = await startUnderWay();
    await payment.passes(HOUR);
    await payment.answer('pollPayment', UNCHANGED);

    expect(payment.timers()).toEqual([DAY - HOUR]);
  });

  it('is settled when the provider shows it', async () => {
    const payment = await startUnderWay();
    await payment.passes(HOUR);
    await payment.answer('pollPayment', PAID);

    expect(payment.end).toEqual({ result: COMPLETED });
  });
});

describe('a payer who comes back', () => {
  it('has the provider asked while the payment is open', async () => {
    const payment = await startPayment(sandbox, PAID_WORLD);
    await payment.ask('return', 'r1');

    expect(payment.calls('verifyPayment')).toHaveLength(1);
    expect(payment.update('r1')?.answer).toEqual(COMPLETED);
  });

  it('of a payment that is settled has nobody asked', async () => {
    const { pushDocument: _, ...world } = PAID_WORLD;
    const payment = await startPayment(sandbox, world);
    await payment.signal('providerEvent', 'in_1');
    await payment.ask('return', 'r1');

    expect(payment.calls('verifyPayment')).toHaveLength(1);
    expect(payment.update('r1')?.answer).toEqual(COMPLETED);
  });
});
