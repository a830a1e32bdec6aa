import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { bundleWorkflows } from '../../src/worker/create-worker.ts';
import { readHistories } from './support/histories.ts';
import type { RecordedHistory } from './support/histories.ts';

/** A shape each: by webhook, found by the poll, held for a person, refused by the provider, taken by the business. */
const SHAPES = ['paid', 'polled', 'review', 'failed', 'manual'] as const;
const HOW_TO_RECORD =
  'record them from a running environment: node test/workflows/record-histories.ts paid=<workflow id> …';

const recorded = readHistories();

/** @throws Error with the sentence to show when the shape was not recorded */
const shape = (name: (typeof SHAPES)[number]): RecordedHistory => {
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
  code = (await bundleWorkflows()).code;
});

const replay = ({ name, history }: RecordedHistory): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle: { code } }, history, name);

/** What the workflow upserted at its end. */
const ending = ({ history }: RecordedHistory): Record<string, unknown> => {
  const upsert = history.events.findLast((event) => event.upsertWorkflowSearchAttributesEventAttributes);
  const { indexedFields = {} } =
    upsert?.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes ?? {};
  const fields = Object.entries(indexedFields);
  return Object.fromEntries(
    fields.map(([name, { data }]) => [
      name,
      data ? JSON.parse(Buffer.from(data, 'base64').toString()) : null,
    ]),
  );
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

  it('are what their names say', () => {
    expect(ending(shape('paid'))).toMatchObject({ PaymentStatus: 'completed' });
    expect(ending(shape('polled'))).toMatchObject({ PaymentStatus: 'completed' });
    expect(ending(shape('manual'))).toMatchObject({ PaymentStatus: 'completed' });
    expect(ending(shape('failed'))).toMatchObject({ PaymentStatus: 'failed' });
    expect(ending(shape('review'))).toMatchObject({ Review: expect.stringMatching(/^[a-z_]+$/) });
    const activities = shape('polled').history.events.map(
      (event) => event.activityTaskScheduledEventAttributes?.activityType.name,
    );
    expect(activities).toContain('pollPayment');
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
