import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import {
  DAY,
  INPUT,
  NOW,
  PAID_WORLD,
  SETTLED,
  startPayment,
  trouble,
  UNCHANGED,
  WORLD,
} from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const GROWN = { historyLength: 301, continueAsNewSuggested: false };
const LINK = { url: 'https://pages.test/1', failure: null };
const PENDING = { status: 'pending', review: null } as const;
const EXPIRED = { status: 'expired', review: null } as const;
const ids = (count: number): string[] => Array.from({ length: count }, (_, n) => `in_${n}`);

const carriedBy = ({ end }: Drive) =>
  (end as { continuedWith?: { carried: Record<string, unknown> } } | null)?.continuedWith?.carried;

describe('a payment to which signals keep coming', () => {
  /** A run that began with so many ids, asks about the first thousand, and has grown long meanwhile. */
  async function flooded(count: number): Promise<Drive> {
    const carried = { link: LINK, check: PENDING, eventIds: ids(count), documentId: null, isOver: false };
    const payment = await sandbox.start(
      'collectPayment',
      { ...INPUT, carried },
      { now: NOW, answers: { ...WORLD } },
    );
    payment.history = GROWN;
    await payment.signal('providerEvent', 'x'.repeat(5_000), 'in_new');
    await payment.answer('verifyPayment', UNCHANGED);
    return payment;
  }

  it('takes all that waits into its next run, but what is no id of ours', async () => {
    const payment = await flooded(2_500);

    expect(carriedBy(payment)).toMatchObject({
      eventIds: [...ids(2_500).slice(1_000), 'in_new'],
      isOver: false,
    });
  });

  it('takes no more along than a message can hold', async () => {
    const payment = await flooded(12_000);

    expect(carriedBy(payment)?.['eventIds']).toEqual(ids(12_000).slice(1_000, 11_000));
  });

  it('ends in its next run where it is over: that makes no page and waits for nobody', async () => {
    const over = { link: LINK, check: EXPIRED, eventIds: ['in_2'] };
    const next = await sandbox.start(
      'collectPayment',
      { ...INPUT, carried: { ...over, documentId: null, isOver: true } },
      { now: NOW, answers: { ...WORLD, verifyPayment: () => ({ ...UNCHANGED, ...EXPIRED }) } },
    );

    expect(next.calls('createPage')).toEqual([]);
    expect(next.calls('verifyPayment')).toHaveLength(1);
    expect(next.end).toEqual({ result: EXPIRED });
  });

  it('goes on in a new run where it is over, and more has come than one run should hold', async () => {
    const payment = await startPayment(sandbox, WORLD);
    await payment.passes(DAY);
    payment.history = GROWN;
    await payment.answer('pollPayment', 'expired');
    await payment.signal('providerEvent', 'in_1', 'in_2');
    await payment.answer('closePayment', 'expired');

    expect(carriedBy(payment)).toMatchObject({ check: EXPIRED, eventIds: ['in_1', 'in_2'], isOver: true });
  });

  it('goes on in a new run while its print waits for a printer', async () => {
    const { printDocument: _, ...world } = PAID_WORLD;
    const payment = await startPayment(sandbox, world);
    await payment.signal('providerEvent', 'in_1');
    payment.history = GROWN;
    payment.answers = { ...world, verifyPayment: () => SETTLED };
    await payment.signal('providerEvent', 'in_2');

    expect(carriedBy(payment)).toMatchObject({ documentId: 'doc_1', eventIds: [] });
  });

  it('goes on in a new run while its first page cannot be made, and goes on making it', async () => {
    const { createPage: _, ...world } = WORLD;
    const payment = await startPayment(sandbox, { ...world, verifyPayment: () => UNCHANGED });
    await payment.fail('createPage', trouble());
    payment.history = GROWN;
    await payment.signal('providerEvent', 'in_1');
    expect(carriedBy(payment)).toMatchObject({ link: null, eventIds: ['in_1'] });

    const carried = carriedBy(payment);
    const next = await sandbox.start(
      'collectPayment',
      { ...INPUT, carried },
      { now: NOW, answers: { ...world, verifyPayment: () => UNCHANGED } },
    );
    expect(next.pending()).toEqual(['createPage']);
  });
});
