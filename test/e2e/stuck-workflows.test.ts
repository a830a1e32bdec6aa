import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { readEnvironment } from '../support/environment.ts';
import { eventually, openClinic, openPayment, untilStatus } from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { noteFailedRun } from '../../src/worker/failed-runs.ts';
import { payAtVendor } from './support/vendors.ts';
import { readWorkerLog } from './support/worker-log.ts';

let clinic: Clinic;
let temporal: Temporal;
const stuck: PaymentBody[] = [];
beforeAll(async () => {
  temporal = await openTemporal();
  clinic = await openClinic();
});
afterAll(async () => {
  await Promise.all(stuck.map((payment) => temporal.ofPayment(payment).terminate('the test is over')));
  await temporal.close();
});

/** A payment whose workflow fails every task: what runs under its id is a type that no worker knows. */
async function openStuck(): Promise<PaymentBody> {
  const payment = await openPayment(clinic);
  const { workflowId } = temporal.ofPayment(payment);
  await temporal.ofPayment(payment).terminate('it is to be stuck');
  await temporal.client.workflow.start('noSuchWorkflow', { workflowId, taskQueue: 'payments', args: [] });
  stuck.push(payment);
  return payment;
}

const stuckPayments = async (): Promise<number> => {
  const metrics = await (await fetch(readEnvironment().metricsUrl.at(-1) ?? '')).text();
  return Number(/^tashlum_stuck_workflows\{workflow="pay"\} (\d+)/m.exec(metrics)?.[1] ?? Number.NaN);
};

describe('a payment whose workflow fails all its tasks', () => {
  it('is counted by the metrics, and is settled and documented all the same', async () => {
    const payment = await openStuck();
    await payAtVendor(payment.id);
    const paid = await untilStatus(clinic, payment.id, 'completed');

    expect(paid).toMatchObject({ review: null, documentIds: [expect.stringMatching(/^doc_/)] });
    await eventually('the stuck workflow in the metrics', async () => (await stuckPayments()) > 0 || null);
    expect((await temporal.ofPayment(payment).describe()).status.name).toBe('RUNNING');
  });

  it('is told by its run in the log of the worker that failed it, so that nobody has to search', async () => {
    const payment = await openStuck();
    const { runId } = await temporal.ofPayment(payment).describe();
    const told = new Set<string>();
    await eventually('the line of the log', () => {
      for (const line of readWorkerLog(runId))
        noteFailedRun(told, { message: String(line['msg']), meta: line });
      return Promise.resolve(told.has(runId) || null);
    });
    expect([...told]).toEqual([runId]);
  });

  it('is settled also where no webhook comes', async () => {
    const payment = await openStuck();
    await payAtVendor(payment.id, { webhook: 'never' });

    expect((await untilStatus(clinic, payment.id, 'completed')).documentIds).toHaveLength(1);
  });

  it('is forgotten by the metrics once its workflow goes on or is gone', async () => {
    await Promise.all(stuck.map((payment) => temporal.ofPayment(payment).terminate('mended')));
    stuck.length = 0;
    await eventually('no stuck workflow in the metrics', async () => (await stuckPayments()) === 0 || null);
  });
});
