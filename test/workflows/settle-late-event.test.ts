import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { Verification } from '../../src/activities/books/verification.ts';
import type { SettleLateEventInput } from '../../src/workflows/messages.ts';
import { openSandbox } from './support/sandbox.ts';
import type { Answers, Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import {
  NOW,
  PAID,
  questions,
  SETTLED,
  SETTLEMENT,
  TERMS,
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

const startLate = (answers: Answers, input: Partial<SettleLateEventInput> = {}): Promise<Drive> =>
  sandbox.start(
    'settleLateEvent',
    { workspaceId: 'ws_1', paymentId: 'pay_1', providerEventId: 'in_9', ...input },
    { now: NOW, answers },
  );

const LATE = { ...SETTLEMENT, review: 'late_success' as const };
const PAID_LATE: Answers = {
  ...WORLD,
  verifyPayment: () => ({ ...PAID, status: 'expired' }),
  settlePayment: () => LATE,
};

describe('news of a payment whose workflow has ended', () => {
  it('that is money is verified, settled, printed and pushed', async () => {
    const late = await startLate(PAID_LATE);

    expect(questions(late)).toEqual([{ eventIds: ['in_9'], isAsked: false }]);
    expect(late.calls('settlePayment')[0]?.input).toEqual({
      workspaceId: 'ws_1',
      paymentId: 'pay_1',
      transactionId: 'txn_1',
      eventIds: ['in_9'],
    });
    expect(late.calls('printDocument')).toHaveLength(1);
    expect(late.calls('pushDocument')).toHaveLength(1);
    expect(late.end).toEqual({ result: { status: 'completed', review: 'late_success' } });
  });

  it('that is nothing new changes nothing', async () => {
    const late = await startLate({ verifyPayment: () => ({ ...UNCHANGED, status: 'refunded' }) });

    expect(late.story).toEqual(['local verifyPayment', 'end']);
    expect(late.end).toEqual({ result: { status: 'refunded', review: null } });
  });

  it('that the provider does not show yet ends it: its row in the inbox brings it back', async () => {
    const late = await startLate({
      ...PAID_LATE,
      verifyPayment: () => ({ ...UNDER_WAY, status: 'expired' }),
    });

    expect(late.story).toEqual(['local verifyPayment', 'end']);
  });

  it('is read back and settled by regular activities when the local ones fail', async () => {
    const failLocal = <T>(isLocal: boolean, answer: T): T => {
      if (isLocal) throw trouble();
      return answer;
    };
    const late = await startLate({
      ...PAID_LATE,
      verifyPayment: ({ isLocal }) => failLocal(isLocal, PAID),
      settlePayment: ({ isLocal }) => failLocal(isLocal, LATE),
    });

    expect(late.end).toEqual({ result: { status: 'completed', review: 'late_success' } });
  });

  it('prints nothing where documents are printed on demand', async () => {
    const late = await startLate({ ...PAID_LATE, readTerms: () => ({ ...TERMS, print: 'on_demand' }) });

    expect(late.calls('printDocument')).toEqual([]);
    expect(late.calls('pushDocument')).toHaveLength(1);
  });
});

describe('a question about an open payment whose workflow has ended', () => {
  const HOURS_3 = 3 * 3_600_000;
  const asked = (expiredFor: number, verification: Verification) =>
    startLate(
      {
        ...WORLD,
        verifyPayment: () => verification,
        readTerms: () => ({ ...TERMS, expiresAt: new Date(NOW - expiredFor).toISOString() }),
        closePayment: () => 'expired',
      },
      { providerEventId: null },
    );

  it('ends it where it is long past its expiry and nobody has paid: nobody else would', async () => {
    const late = await asked(HOURS_3, UNCHANGED);
    expect(late.calls('closePayment')).toMatchObject([
      { input: { status: 'expired', reason: 'link_expired' } },
    ]);
    expect(late.end).toEqual({ result: { status: 'expired', review: null } });
  });

  it('ends it too where our keys have been refused for so long that nobody can be asked', async () => {
    const late = await asked(HOURS_3, { ...UNCHANGED, verdict: 'unasked' });
    expect(late.calls('closePayment')).toMatchObject([
      { input: { status: 'expired', reason: 'keys_refused' } },
    ]);
  });

  it.each<[string, number, Verification]>([
    ['its expiry is near', HOURS_3 / 3, UNCHANGED],
    ['money is on its way', HOURS_3, UNDER_WAY],
    ['it has ended', HOURS_3, { ...UNCHANGED, status: 'cancelled' }],
  ])('leaves it as it is where %s', async (_why, expiredFor, verification) => {
    const late = await asked(expiredFor, verification);
    expect(late.calls('closePayment')).toEqual([]);
    expect(late.end).toMatchObject({ result: { status: verification.status } });
  });
});

describe('late news of a paid payment', () => {
  const paid = (verdict: typeof SETTLED, more: Answers = {}): Answers => ({
    ...WORLD,
    verifyPayment: () => verdict,
    settlePayment: () => ({ status: verdict.status, review: verdict.review, documentId: 'doc_1' }),
    ...more,
  });

  it('that is a dispute says that the payment is suspended and held for a person', async () => {
    const disputed = { ...SETTLED, status: 'disputed', review: 'provider_dispute' } as const;
    const late = await startLate(paid(disputed));

    expect(questions(late)).toEqual([{ eventIds: ['in_9'], isAsked: false }]);
    expect(late.calls('settlePayment')[0]?.input).toMatchObject({
      transactionId: 'txn_1',
      eventIds: ['in_9'],
    });
    expect(late.end).toEqual({ result: { status: 'disputed', review: 'provider_dispute' } });
  });

  it('that is a refund made at the provider says so, and its credit is left to a workflow of its own', async () => {
    const odd = { ...SETTLED, review: 'reconciliation' } as const;
    const late = await startLate(paid(odd));

    expect(late.calls('sendRefund')).toEqual([]);
    expect(late.calls('settleRefund')).toEqual([]);
    expect(late.end).toEqual({ result: { status: 'completed', review: 'reconciliation' } });
  });

  it('keeps the reason of its review where the push opens another', async () => {
    const disputed = { ...SETTLED, status: 'disputed', review: 'provider_dispute' } as const;
    const late = await startLate(paid(disputed, { pushDocument: () => 'document_mismatch' }));

    expect(late.end).toEqual({ result: { status: 'disputed', review: 'provider_dispute' } });
  });

  it('that somebody asked for is verified without an inbox row', async () => {
    const late = await startLate(paid(SETTLED), { providerEventId: null });

    expect(questions(late)).toEqual([{ eventIds: [], isAsked: true }]);
    expect(late.end).toEqual({ result: { status: 'completed', review: null } });
  });
});
