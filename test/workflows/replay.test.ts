import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from '#jest';
import { WORKFLOWS } from '../../src/workflows/messages.ts';
import { readHistories, SHAPES } from './support/histories.ts';
import type { RecordedHistory, Shape } from './support/histories.ts';
import { workflowCode } from './support/workflow-code.ts';

const HOW_TO_RECORD =
  'record them from a running environment: node test/workflows/record-histories.ts <shape> …';

const recorded = readHistories();

/** @throws Error with the sentence to show when the shape was not recorded */
const shape = (name: Shape): RecordedHistory => {
  const found = recorded.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`there is no test/workflows/histories/${name}.json; ${HOW_TO_RECORD}`);
  return found;
};

let code = '';
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
  code = await workflowCode();
});

const replay = ({ name, history }: RecordedHistory): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle: { code } }, history, name);

const fromPayload = ({ data }: { data?: string } = {}): unknown =>
  data ? JSON.parse(Buffer.from(data, 'base64').toString()) : null;

/** What the workflow returned. */
const resultOf = ({ history }: RecordedHistory): unknown =>
  fromPayload(history.events.at(-1)?.workflowExecutionCompletedEventAttributes?.result?.payloads[0]);

/** Every call in order, local ones too; one that was tried locally and then durably is there twice. */
const callsOf = ({ history }: RecordedHistory): string[] =>
  history.events.flatMap((event) => {
    const marker = event.markerRecordedEventAttributes?.details['data']?.payloads[0];
    const local = marker && (fromPayload(marker) as { activity_type: string }).activity_type;
    const name = local ?? event.activityTaskScheduledEventAttributes?.activityType.name;
    return name === undefined ? [] : [name];
  });

/** How each shape ends, and a call that makes it what it is. */
const MEANING: Readonly<Record<Shape, readonly [result: object | null, call: string]>> = {
  paid: [{ status: 'completed', review: null }, 'settlePayment'],
  polled: [{ status: 'completed', review: null }, 'pollPayment'],
  review: [{ status: 'pending', review: 'amount_mismatch' }, 'verifyPayment'],
  failed: [{ status: 'failed', review: null }, 'closePayment'],
  manual: [{ status: 'completed', review: null }, 'recordCharge'],
  'post-dated': [{ status: 'completed', review: null }, 'recordCharge'],
  'cheques-due': [null, 'issueDueInvoice'],
  expired: [{ status: 'expired', review: null }, 'pollPayment'],
  cancelled: [{ status: 'cancelled', review: null }, 'closePage'],
  'cancelled-early': [{ status: 'cancelled', review: null }, 'createPage'],
  refunded: [{ status: 'completed' }, 'sendRefund'],
  'refund-looked-up': [{ status: 'completed' }, 'lookUpRefund'],
  'refund-failed': [{ status: 'failed' }, 'failRefund'],
  resolved: [{ status: 'completed', review: null }, 'applyResolution'],
  asked: [null, 'pursueRequest'],
  late: [{ status: 'completed', review: 'late_success' }, 'settlePayment'],
  disputed: [{ status: 'disputed', review: 'provider_dispute' }, 'verifyPayment'],
  'pushed-again': [null, 'giveUpPush'],
};

describe('recorded histories', () => {
  it('are there for every shape of a payment', () => {
    const missing = SHAPES.filter((name) => !recorded.some((candidate) => candidate.name === name));
    if (missing.length > 0) throw new Error(`no history of: ${missing.join(', ')}; ${HOW_TO_RECORD}`);
  });

  it('replay with the workflow code of today', async () => {
    for (const history of recorded) {
      await replay(history).catch((cause: unknown) => {
        throw new Error(`${history.name}.json does not replay: workflow code changed without a patch`, {
          cause,
        });
      });
    }
  });

  it.each(SHAPES)('are what their names say: %s', (name) => {
    const [result, call] = MEANING[name];
    expect(resultOf(shape(name))).toEqual(result);
    expect(callsOf(shape(name))).toContain(call);
  });

  it('of every workflow that is registered are there', () => {
    const types = recorded.map(
      ({ history }) => history.events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name,
    );

    expect(new Set(types)).toEqual(new Set(Object.values(WORKFLOWS)));
  });

  it('of a refund that was looked up hold one order to give the money back', () => {
    const orders = callsOf(shape('refund-looked-up')).filter((name) => name === 'sendRefund');

    expect(orders).toHaveLength(1);
  });

  it('of a payment paid by webhook and printed have at most 26 events', () => {
    const { events } = shape('paid').history;

    expect(events.map((event) => event.workflowExecutionSignaledEventAttributes?.signalName)).toContain(
      'providerEvent',
    );
    expect(events.length).toBeLessThanOrEqual(26);
  });

  it('that were altered do not replay: the test can fail', async () => {
    const altered = structuredClone(shape('polled'));
    for (const event of altered.history.events) {
      const scheduled = event.activityTaskScheduledEventAttributes;
      if (scheduled?.activityType.name === 'pollPayment') scheduled.activityType.name = 'anotherActivity';
    }

    await expect(replay(altered)).rejects.toBeInstanceOf(DeterminismViolationError);
  });
});
