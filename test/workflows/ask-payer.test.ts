import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Answers, Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import { DAY, HOUR, NOW, trouble } from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** What the books say at each look, in order; the last one again and again. */
const startAsking = (looks: readonly (number | null)[], more: Answers = {}): Promise<Drive> => {
  const left = [...looks];
  const pursueRequest = () => {
    const wakeAt = (left.length > 1 ? left.shift() : left[0]) ?? null;
    return { wakeAt: wakeAt === null ? null : new Date(wakeAt).toISOString() };
  };
  const input = { workspaceId: 'ws_1', paymentId: 'pay_1' };
  return sandbox.start('askPayer', input, { now: NOW, answers: { pursueRequest, ...more } });
};

describe('the asking of a payer', () => {
  it('looks at the books at once, and again whenever they said it is time', async () => {
    const asking = await startAsking([NOW + DAY, NOW + 3 * DAY, null]);
    expect(asking.calls('pursueRequest')).toHaveLength(1);
    expect(asking.timers()).toEqual([DAY]);
    await asking.passes(DAY);
    expect(asking.calls('pursueRequest')).toHaveLength(2);
    expect(asking.timers()).toEqual([2 * DAY]);
    await asking.passes(2 * DAY);
    expect(asking.calls('pursueRequest')).toHaveLength(3);
    expect(asking.end).toEqual({ result: undefined });
  });

  it('is over as soon as the books say so', async () => {
    const asking = await startAsking([null]);
    expect(asking.story).toEqual(['local pursueRequest', 'end']);
  });

  it('tells the activity which payment, and nothing else', async () => {
    const asking = await startAsking([null]);
    expect(asking.calls('pursueRequest')[0]?.input).toEqual({ workspaceId: 'ws_1', paymentId: 'pay_1' });
  });

  it('looks again when it is told that something changed, and drops the old time', async () => {
    const asking = await startAsking([NOW + 20 * DAY, NOW + HOUR, null]);
    await asking.signal('requestChanged', undefined);
    expect(asking.calls('pursueRequest')).toHaveLength(2);
    expect(asking.timers()).toEqual([HOUR]);
    await asking.passes(HOUR);
    expect(asking.end).not.toBeNull();
  });

  it('looks once more where it was told so during its last look', async () => {
    const asking = await sandbox.start(
      'askPayer',
      { workspaceId: 'ws_1', paymentId: 'pay_1' },
      { now: NOW, answers: {} },
    );
    await asking.signal('requestChanged', undefined);
    await asking.answer('pursueRequest', { wakeAt: null });
    expect(asking.end).toBeNull();
    await asking.answer('pursueRequest', { wakeAt: null });
    expect(asking.end).not.toBeNull();
  });

  it('outlives a database that is away', async () => {
    const asking = await sandbox.start(
      'askPayer',
      { workspaceId: 'ws_1', paymentId: 'pay_1' },
      { now: NOW, answers: {} },
    );
    await asking.fail('pursueRequest', trouble());
    expect(asking.story).toEqual(['local pursueRequest', 'pursueRequest on payments']);
    await asking.answer('pursueRequest', { wakeAt: null });
    expect(asking.end).not.toBeNull();
  });
});
