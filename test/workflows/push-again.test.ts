import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Answers, Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import { DAY, NOW, refusal, trouble } from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const PAPER = { workspaceId: 'ws_1', documentId: 'doc_1' };
const push = (answers: Answers): Promise<Drive> =>
  sandbox.start('pushAgain', PAPER, { now: NOW, answers: { ...answers } });

describe('a push that a person asked for again', () => {
  it('is one local call where nothing is wrong', async () => {
    const again = await push({ pushDocument: () => null });

    expect(again.story).toEqual(['local pushDocument', 'end']);
    expect(again.calls('pushDocument')[0]?.input).toEqual(PAPER);
  });

  it('is tried for days where something is', async () => {
    const again = await push({});
    await again.fail('pushDocument', trouble());
    await again.passes(3 * DAY);
    expect(again.end).toBeNull();
    await again.answer('pushDocument', null);

    expect(again.calls('pushDocument').map(({ isLocal }) => isLocal)).toEqual([true, false]);
    expect(again.calls('giveUpPush')).toEqual([]);
    expect(again.end).toEqual({ result: undefined });
  });

  it('that is refused again is given up again', async () => {
    const again = await push({
      pushDocument: () => {
        throw refusal('rejected');
      },
      giveUpPush: () => 'push_failed',
    });

    expect(again.calls('giveUpPush')).toMatchObject([
      { input: { ...PAPER, reason: 'rejected', sentence: expect.any(String) } },
    ]);
    expect(again.end).toEqual({ result: undefined });
  });
});
