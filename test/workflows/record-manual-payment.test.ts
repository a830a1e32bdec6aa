import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Answers, Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import { NOW, refusal, SETTLEMENT, TERMS, trouble, WORLD } from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const RECORDED: Answers = { ...WORLD, recordCharge: () => SETTLEMENT };
const COMPLETED = { status: 'completed', review: null };

/** Starts it as the API does: with the update that waits until it is settled. */
const record = (
  answers: Answers,
  print: 'at_issue' | 'on_demand' = 'at_issue',
  areChildrenRunning = false,
): Promise<Drive> =>
  sandbox.start(
    'recordManualPayment',
    { workspaceId: 'ws_1', paymentId: 'pay_1' },
    {
      now: NOW,
      areChildrenRunning,
      answers: { ...answers, readTerms: () => ({ ...TERMS, print }) },
      asking: { record: 'record' },
    },
  );

describe('a payment that the business took itself', () => {
  it('is recorded and settled in one local call, printed and pushed', async () => {
    const payment = await record(RECORDED);

    expect(payment.calls('recordCharge').map(({ isLocal, input }) => ({ isLocal, input }))).toEqual([
      { isLocal: true, input: { workspaceId: 'ws_1', paymentId: 'pay_1' } },
    ]);
    expect(payment.calls('printDocument')).toHaveLength(1);
    expect(payment.calls('pushDocument')).toHaveLength(1);
    expect(payment.end).toEqual({ result: COMPLETED });
    expect(payment.upserts).toEqual([{ PaymentStatus: 'completed', Review: null }]);
  });

  it('is answered before its paper is there', async () => {
    const { printDocument: _, ...world } = RECORDED;
    const payment = await record(world);

    expect(payment.update('record')).toEqual({ state: 'completed', answer: COMPLETED });
    expect(payment.end).toBeNull();
    await payment.answer('printDocument', undefined);
    expect(payment.end).toEqual({ result: COMPLETED });
  });

  it('is recorded by a regular activity when the local one fails, and the caller waits for it', async () => {
    const payment = await record({
      ...WORLD,
      recordCharge: ({ isLocal }) => {
        if (isLocal) throw trouble();
        return SETTLEMENT;
      },
    });

    expect(payment.calls('recordCharge').map(({ isLocal }) => isLocal)).toEqual([true, false]);
    expect(payment.update('record')?.answer).toEqual(COMPLETED);
  });

  it('is not printed where documents are printed on demand', async () => {
    const payment = await record(RECORDED, 'on_demand');

    expect(payment.calls('printDocument')).toEqual([]);
    expect(payment.tasks).toBe(1);
  });

  // A sweeper is first where the cheques were due already and the task that recorded them is done again.
  it.each([false, true])(
    'by cheques has its receipt printed, whether its timer runs already: %s',
    async (isRunning) => {
      const settled = { ...SETTLEMENT, hasDueInvoice: true };
      const payment = await record({ ...WORLD, recordCharge: () => settled }, 'at_issue', isRunning);

      expect(payment.story).toContain('child issueDueInvoice');
      expect(payment.calls('printDocument')).toHaveLength(1);
      expect(payment.end).toEqual({ result: COMPLETED });
    },
  );

  it('whose document cannot be pushed is in review, and stays completed', async () => {
    const payment = await record({
      ...RECORDED,
      pushDocument: () => {
        throw refusal('rejected');
      },
      giveUpPush: () => 'push_failed',
    });

    expect(payment.update('record')?.answer).toEqual(COMPLETED);
    expect(payment.end).toEqual({ result: { status: 'completed', review: 'push_failed' } });
  });

  it('that nobody knows of ends there', async () => {
    const payment = await record({
      recordCharge: () => {
        throw refusal('no_such_payment');
      },
    });

    expect(payment.end).toEqual({ failure: expect.any(String) });
    expect(payment.calls('recordCharge')).toHaveLength(1);
  });
});
