import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { returnUpdate } from '../../src/workflows/messages.ts';
import { call, check, openClinic, openPayment, untilStatus } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { inParallel, payAtVendor } from './support/vendors.ts';

let temporal: Temporal;
beforeAll(async () => {
  temporal = await openTemporal();
});
afterAll(() => temporal.close());

const UPDATES = 2_000;
/** The server lets ten wait at one workflow. */
const AT_ONCE = 8;
const VISITS = 60;
/**
 * What a worker replays that takes the payment over. Not a time, so no verdict hangs on the machine. A run goes on
 * in a new one after 300 events, as soon as nobody waits for an answer.
 */
const MOST_EVENTS = 1_000;

describe('a payment whose payer comes back again and again', () => {
  it('is as small and usable after 2,000 updates and a flood of visits as before', async () => {
    const clinic = await openClinic();
    const payment = await openPayment(clinic);
    const workflow = temporal.ofPayment(payment);
    const { runId: firstRunId } = await workflow.describe();
    let longest = 0;
    // Each with an id of its own, as where many processes ask: nothing merges them on the way.
    const answers = await inParallel([...Array(UPDATES).keys()], AT_ONCE, async (n) => {
      if (n % 100 === 0) longest = Math.max(longest, (await workflow.describe()).historyLength);
      return workflow.executeUpdate(returnUpdate, { updateId: `flood-${n}` });
    });
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['pending']));
    const { runId, historyLength } = await workflow.describe();
    process.stdout.write(
      `after ${UPDATES} updates: at most ${Math.max(longest, historyLength)} events a run\n`,
    );
    expect(runId).not.toBe(firstRunId);
    expect(Math.max(longest, historyLength)).toBeLessThanOrEqual(MOST_EVENTS);

    const visits = await Promise.all(
      Array.from({ length: VISITS }, () => call('GET', `${payment.link?.url ?? ''}/return?outcome=success`)),
    );
    const statuses = new Set(visits.map(({ status }) => status));
    expect([...statuses].filter((status) => ![303, 429].includes(status))).toEqual([]);
    expect(statuses).toContain(303);

    expect(await check(clinic, payment.id)).toMatchObject({ status: 'pending', review: null });
    await payAtVendor(payment.id);
    expect((await untilStatus(clinic, payment.id, 'completed')).documentIds).toHaveLength(1);
  });
});
