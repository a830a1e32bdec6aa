import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openClinic, openPayment, untilStatus } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { payAtVendor } from './support/vendors.ts';

let temporal: Temporal;
beforeAll(async () => {
  temporal = await openTemporal();
});
afterAll(() => temporal.close());

/** Sends the workflow eighty signals a second until `isEnough`. Returns how many were sent. */
async function flood(
  signal: (id: string) => Promise<void>,
  isEnough: () => Promise<boolean>,
): Promise<number> {
  for (let sent = 0; sent < 8_000; sent += 1) {
    await Promise.all([signal(`in_${sent}`), delay(12)]);
    if (sent % 40 === 39 && (await isEnough())) return sent;
  }
  throw new Error('8,000 signals, and the workflow is still in its first run');
}

describe('a payment to which somebody sends 80 signals a second', () => {
  it('goes on in a new run meanwhile, and is settled', async () => {
    const clinic = await openClinic();
    const payment = await openPayment(clinic);
    const workflow = temporal.ofPayment(payment);
    const { runId } = await workflow.describe();
    const sent = await flood(
      (id) => workflow.signal('providerEvent', id),
      async () => (await workflow.describe()).runId !== runId,
    );
    process.stdout.write(`a new run after ${sent} signals\n`);
    await payAtVendor(payment.id);
    expect((await untilStatus(clinic, payment.id, 'completed')).documentIds).toHaveLength(1);
  });
});
