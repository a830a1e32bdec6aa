import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '#jest';
import { check, openClinic, openPayment } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { openTemporal } from '../e2e/support/temporal.ts';
import type { Temporal } from '../e2e/support/temporal.ts';
import { inParallel, payAtVendor } from '../e2e/support/vendors.ts';
import { calm } from './support/calm.ts';
import { kill } from './support/processes.ts';
import { expectRightBooks } from './support/right-books.ts';
import { recovered } from './support/recovered.ts';

const NEWS = 5_000;
const CHECKS = 100;
/**
 * The most events that a worker may have to replay when it takes the payment over. They are counted instead of seconds, so that
 * the test does not depend on the machine. A busy machine replays 200 events a second, so 1,000 of them take 5 s.
 */
const MOST_EVENTS = 1_000;

let temporal: Temporal;
beforeAll(async () => {
  temporal = await openTemporal();
});
beforeEach(calm);
afterAll(() => temporal.close());

/** What PayPlus calls when a card is refused, signed with the clinic's secret. */
function callbackOf(clinic: Clinic, paymentId: string, place: number): () => Promise<number> {
  const transaction = { uid: `news-${place}`, status_code: '004', more_info: paymentId };
  const body = JSON.stringify({ transaction_type: 'Charge', transaction });
  const hash = createHmac('sha256', clinic.secretKey).update(body).digest('base64');
  const headers = { 'content-type': 'application/json', 'user-agent': 'PayPlus', hash };
  return async () => (await fetch(clinic.webhookUrl, { method: 'POST', headers, body })).status;
}

describe('a payment with 5,000 pieces of news', () => {
  it('answers soon after its worker was killed, and can still be checked and paid', async () => {
    const clinic = await openClinic({ pushes: true });
    const payment = await openPayment(clinic);
    const handle = temporal.ofPayment(payment);
    const news = Array.from({ length: NEWS }, (_, place) => callbackOf(clinic, payment.id, place));
    const answers = await inParallel(news, 20, (send) => send());
    expect(new Set(answers)).toEqual(new Set([200]));
    for (let round = 0; round < CHECKS; round += 1) await check(clinic, payment.id);
    const killed = kill('worker');
    // Before the next worker has added anything to it.
    const replayed = (await handle.describe()).historyLength;
    await killed.restarted();
    const startedAt = performance.now();
    await recovered('an answer of the payment', async () => check(clinic, payment.id));
    const seconds = (performance.now() - startedAt) / 1_000;
    const { historyLength, runId, raw } = await handle.describe();
    process.stdout.write(
      `a payment with ${NEWS} pieces of news and ${CHECKS} checks: ${replayed} events to replay, ` +
        `answers ${seconds.toFixed(1)} s after its worker is back\n`,
    );
    expect(raw.workflowExecutionInfo?.firstRunId).not.toBe(runId);
    expect(replayed).toBeLessThanOrEqual(MOST_EVENTS);
    expect(historyLength).toBeLessThanOrEqual(MOST_EVENTS);
    await payAtVendor(payment.id);
    await expectRightBooks(clinic, [payment.id]);
  });
});
