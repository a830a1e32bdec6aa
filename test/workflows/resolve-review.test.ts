import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Answers, Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import { NOW, refusal, TERMS, trouble, WORLD } from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const COMPLETED = { status: 'completed', review: null } as const;
const ACCEPTED: Answers = {
  ...WORLD,
  applyResolution: () => ({ ...COMPLETED, documentIds: ['doc_1'] }),
};

/** Starts it as the API does: with the update that waits until the decision is carried out. */
const resolve = (answers: Answers, print: 'at_issue' | 'on_demand' = 'at_issue'): Promise<Drive> =>
  sandbox.start(
    'resolveReview',
    { workspaceId: 'ws_1', paymentId: 'pay_1', resolutionId: 'rs_1' },
    {
      now: NOW,
      answers: { ...answers, readTerms: () => ({ ...TERMS, print }) },
      asking: { resolve: 'resolve' },
    },
  );

describe('what a person decided about a review', () => {
  it('is carried out in one local call, and the document it leads to is printed and pushed', async () => {
    const decision = await resolve(ACCEPTED);

    expect(decision.calls('applyResolution')).toMatchObject([
      { isLocal: true, input: { workspaceId: 'ws_1', resolutionId: 'rs_1' } },
    ]);
    expect(decision.calls('printDocument')).toHaveLength(1);
    expect(decision.calls('pushDocument')).toMatchObject([
      { input: { workspaceId: 'ws_1', documentId: 'doc_1' } },
    ]);
    expect(decision.end).toEqual({ result: COMPLETED });
  });

  it('that leads to no document ends there', async () => {
    const decision = await resolve({
      applyResolution: () => ({ status: 'pending', review: 'amount_mismatch', documentIds: [] }),
    });

    expect(decision.story.filter((line) => /print|push/.test(line))).toEqual([]);
    expect(decision.update('resolve')?.answer).toEqual({ status: 'pending', review: 'amount_mismatch' });
    expect(decision.end).toEqual({ result: { status: 'pending', review: 'amount_mismatch' } });
  });

  it('that leads to several documents prints and pushes each', async () => {
    const decision = await resolve({
      ...WORLD,
      applyResolution: () => ({ ...COMPLETED, documentIds: ['doc_1', 'doc_2'] }),
    });
    const pushed = decision
      .calls('pushDocument')
      .map(({ input }) => (input as { documentId: string }).documentId);

    expect(pushed).toEqual(['doc_1', 'doc_2']);
    expect(decision.end).toEqual({ result: COMPLETED });
  });

  it('is answered when it is carried out, before the paper is there', async () => {
    const { pushDocument: _, ...world } = ACCEPTED;
    const decision = await resolve(world, 'on_demand');

    expect(decision.update('resolve')).toEqual({ state: 'completed', answer: COMPLETED });
    expect(decision.calls('printDocument')).toEqual([]);
    expect(decision.end).toBeNull();
    await decision.answer('pushDocument', null);
    expect(decision.end).toEqual({ result: COMPLETED });
  });

  it('is carried out by a regular activity when the local one fails, and whoever asked waits', async () => {
    const { applyResolution: _, ...world } = ACCEPTED;
    const decision = await resolve(world);
    await decision.fail('applyResolution', trouble());
    expect(decision.update('resolve')?.state).toBe('accepted');
    await decision.answer('applyResolution', { ...COMPLETED, documentIds: [] });

    expect(decision.calls('applyResolution').map(({ isLocal }) => isLocal)).toEqual([true, false]);
    expect(decision.update('resolve')?.answer).toEqual(COMPLETED);
  });

  it('that nobody knows of ends there', async () => {
    const decision = await resolve({
      applyResolution: () => {
        throw refusal('no_such_resolution');
      },
    });

    expect(decision.calls('applyResolution')).toHaveLength(1);
    expect(decision.end).toEqual({ failure: expect.any(String) });
  });
});
