import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { eventually, openClinic, openPayment, readPayment, untilStatus } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { payAtVendor } from './support/vendors.ts';

let clinic: Clinic;
let temporal: Temporal;
beforeAll(async () => {
  temporal = await openTemporal();
  clinic = await openClinic();
});
afterAll(() => temporal.close());

/** What a payment's input would say, if it were believed: its time is over, and nothing is waited for. */
const OVER = {
  provider: 'stripe',
  currency: 'USD',
  amount: 1,
  graceMs: 1,
  expiresAt: '2020-01-01T00:00:00.000Z',
  print: 'at_issue',
};

/** Starts a second workflow of the payment, as a person with access to Temporal could. Returns once it waits for news. */
async function forge(payment: { id: string; workspaceId: string }, input: object): Promise<void> {
  const { id: paymentId, workspaceId } = payment;
  const workflow = await temporal.client.workflow.start('collectPayment', {
    workflowId: `forged/${paymentId}`,
    taskQueue: 'payments',
    args: [{ workspaceId, paymentId, ...input }],
  });
  await eventually('the forged workflow, which waits or has ended', async () => {
    const { events } = await workflow.fetchHistory();
    const isWaiting = (events ?? []).some((event) => event.timerStartedEventAttributes instanceof Object);
    return isWaiting || (await workflow.describe()).status.name !== 'RUNNING' ? true : null;
  });
}

describe('a workflow that somebody else started for a payment', () => {
  it.each([
    ['with an expiry that is over', OVER],
    [
      'as if it went on from an earlier run',
      {
        ...OVER,
        carried: {
          link: { url: 'https://evil.test', failure: null },
          check: { status: 'pending', review: null },
          eventIds: [],
          pollFrom: 0,
          documentId: null,
        },
      },
    ],
  ])('%s does not end it: the rows say when', async (_, input) => {
    const payment = await openPayment(clinic);
    await forge(payment, input);
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'pending' });

    await payAtVendor(payment.id);
    expect((await untilStatus(clinic, payment.id, 'completed')).documentIds).toHaveLength(1);
    await temporal.client.workflow
      .getHandle(`forged/${payment.id}`)
      .terminate('the test is over')
      .catch(() => undefined);
  });
});
