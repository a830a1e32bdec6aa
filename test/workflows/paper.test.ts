import { TimeoutFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import {
  DAY,
  PAID_WORLD,
  questions,
  refusal,
  SETTLED,
  startPayment,
  trouble,
  WORLD,
} from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** A paid payment whose print and push are for the test to answer. */
const startPaid = async (): Promise<Drive> => {
  const { pushDocument: _push, printDocument: _print, ...world } = PAID_WORLD;
  const payment = await startPayment(sandbox, world);
  await payment.signal('providerEvent', 'in_1');
  return payment;
};

const COMPLETED = { result: { status: 'completed', review: null } };

describe('the paper of a paid payment', () => {
  it('is printed and pushed at the same time', async () => {
    const payment = await startPaid();

    expect(payment.pending()).toEqual(['printDocument', 'pushDocument']);
    expect(payment.end).toBeNull();
  });

  it.each([
    ['printDocument', 'pushDocument'],
    ['pushDocument', 'printDocument'],
  ] as const)('lets the workflow end when %s and then %s is done', async (first, second) => {
    const payment = await startPaid();
    await payment.answer(first, undefined);
    expect(payment.end).toBeNull();
    await payment.answer(second, undefined);

    expect(payment.end).toEqual(COMPLETED);
  });

  it('is not printed where documents are printed on demand', async () => {
    const payment = await startPayment(sandbox, PAID_WORLD, { print: 'on_demand' });
    await payment.signal('providerEvent', 'in_1');

    expect(payment.calls('printDocument')).toEqual([]);
    expect(payment.calls('pushDocument')).toHaveLength(1);
    expect(payment.end).toEqual(COMPLETED);
  });
});

describe('a push in trouble', () => {
  it('is tried for days by a regular activity', async () => {
    const payment = await startPaid();
    await payment.fail('pushDocument', trouble());
    await payment.answer('printDocument', undefined);
    await payment.passes(3 * DAY);
    expect(payment.calls('pushDocument').map((call) => call.isLocal)).toEqual([true, false]);
    expect(payment.end).toBeNull();
    await payment.answer('pushDocument', null);

    expect(payment.end).toEqual(COMPLETED);
    expect(payment.calls('giveUpPush')).toEqual([]);
  });

  it('does not keep news about the payment from being acted on', async () => {
    const payment = await startPaid();
    await payment.fail('pushDocument', trouble());
    payment.answers.verifyPayment = () => ({ ...SETTLED, review: 'duplicate_payment' });
    payment.answers.settlePayment = () => ({
      status: 'completed',
      review: 'duplicate_payment',
      documentId: 'doc_1',
    });
    await payment.signal('providerEvent', 'in_2');
    expect(questions(payment).map(({ eventIds }) => eventIds)).toEqual([['in_1'], ['in_2']]);
    expect(payment.pending()).toEqual(['printDocument', 'pushDocument']);
    await payment.answer('printDocument', undefined);
    await payment.answer('pushDocument', null);

    expect(payment.calls('pushDocument')).toHaveLength(2);
    expect(payment.end).toEqual({ result: { status: 'completed', review: 'duplicate_payment' } });
  });

  it('that shows other amounts at the service ends in review', async () => {
    const payment = await startPaid();
    await payment.answer('printDocument', undefined);
    await payment.answer('pushDocument', 'document_mismatch');

    expect(payment.end).toEqual({ result: { status: 'completed', review: 'document_mismatch' } });
  });

  it('that was refused is given up at once, and the payment is completed all the same', async () => {
    const payment = await startPaid();
    payment.answers.giveUpPush = () => 'push_failed';
    await payment.fail('pushDocument', refusal('provider_rejected'));
    await payment.answer('printDocument', undefined);

    expect(payment.calls('pushDocument')).toHaveLength(1);
    expect(payment.calls('giveUpPush').map(({ input }) => input)).toEqual([
      { workspaceId: 'ws_1', documentId: 'doc_1', reason: 'provider_rejected' },
    ]);
    expect(payment.end).toEqual({ result: { status: 'completed', review: 'push_failed' } });
  });

  it('that lasted for a week is given up, and the payment is completed all the same', async () => {
    const payment = await startPaid();
    payment.answers.giveUpPush = () => 'push_failed';
    payment.answers.printDocument = () => undefined;
    await payment.fail('pushDocument', trouble());
    await payment.fail('pushDocument', new TimeoutFailure('too late', undefined, 'SCHEDULE_TO_CLOSE'));

    expect(payment.calls('giveUpPush')).toHaveLength(1);
    expect(payment.end).toEqual({ result: { status: 'completed', review: 'push_failed' } });
  });
});

describe('a print that cannot succeed', () => {
  it('fails the workflow in plain sight, even while news is being acted on', async () => {
    const payment = await startPayment(sandbox, { ...WORLD, verifyPayment: () => SETTLED });
    delete payment.answers.printDocument;
    await payment.signal('providerEvent', 'in_1');
    delete payment.answers.verifyPayment;
    await payment.signal('providerEvent', 'in_2');
    await payment.fail('printDocument', refusal('no_such_document'));
    await payment.answer('verifyPayment', SETTLED);

    expect(payment.end).toEqual({ failure: 'the other side refused' });
  });
});
