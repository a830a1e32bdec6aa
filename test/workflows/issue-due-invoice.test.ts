import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openSandbox } from './support/sandbox.ts';
import type { Answers, Drive } from './support/drive-workflow.ts';
import type { WorkflowSandbox } from './support/sandbox.ts';
import { DAY, HOUR, NOW, TERMS, trouble } from './support/payment-story.ts';

let sandbox: WorkflowSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

type Step = ReturnType<NonNullable<Answers['issueDueInvoice']>>;
const later = (at: number): Step => ({ wakeAt: new Date(at).toISOString(), documentId: null });
const ISSUED: Step = { wakeAt: null, documentId: 'doc_2' };
const OVER: Step = { wakeAt: null, documentId: null };

/** What the books say at each look, in order. */
const start = (looks: readonly Step[], more: Answers = {}): Promise<Drive> => {
  const left = [...looks];
  const answers: Answers = {
    issueDueInvoice: () => left.shift() ?? OVER,
    readTerms: () => TERMS,
    printDocument: () => undefined,
    pushDocument: () => null,
    ...more,
  };
  return sandbox.start('issueDueInvoice', { workspaceId: 'ws_1', paymentId: 'pay_1' }, { now: NOW, answers });
};

describe('the tax invoice of post-dated cheques', () => {
  it('waits by one timer for the day on which they fall due, and is printed', async () => {
    const timer = await start([later(NOW + 90 * DAY), ISSUED]);
    expect(timer.timers()).toEqual([90 * DAY]);
    expect(timer.calls('printDocument')).toEqual([]);
    await timer.passes(90 * DAY);
    expect(timer.calls('issueDueInvoice').map(({ isLocal }) => isLocal)).toEqual([true, true]);
    expect(timer.calls('printDocument')[0]?.input).toMatchObject({
      documentId: 'doc_2',
      variant: 'original',
    });
    expect(timer.end).toEqual({ result: undefined });
  });

  it('looks again when it is told that a cheque bounced, and ends where nothing is left', async () => {
    const timer = await start([later(NOW + 90 * DAY), OVER]);
    await timer.signal('dueInvoiceChanged', undefined);
    expect(timer.timers()).toEqual([]);
    expect(timer.end).toEqual({ result: undefined });
  });

  it('keeps its day when it is told of a change that leaves something to invoice', async () => {
    const timer = await start([later(NOW + 2 * DAY), later(NOW + 2 * DAY), ISSUED]);
    await timer.passes(HOUR);
    await timer.signal('dueInvoiceChanged', undefined);
    expect(timer.timers()).toEqual([2 * DAY - HOUR]);
  });

  it('is tried again by a regular activity when the local one fails', async () => {
    const timer = await start([], {
      issueDueInvoice: ({ isLocal }) => {
        if (isLocal) throw trouble();
        return OVER;
      },
    });
    expect(timer.calls('issueDueInvoice').at(-1)).toMatchObject({ isLocal: false });
    expect(timer.end).toEqual({ result: undefined });
  });
});
