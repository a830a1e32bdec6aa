import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { updateStanding } from '../../src/activities/books/update-standing.ts';
import { askPerson } from '../../src/db/review-questions.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { readEnvironment } from '../support/environment.ts';
import { check, eventually, openClinic, openPayment, readPayment, untilStatus } from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { payAtVendor } from './support/vendors.ts';

let pool: Pool;
let temporal: Temporal;
beforeAll(async () => {
  temporal = await openTemporal();
  pool = createPool({
    connectionString: readEnvironment().databaseUrl,
    onError: (error) => {
      throw error;
    },
  });
});
afterAll(() => Promise.all([pool.end(), temporal.close()]));

/** An unpaid payment with a question to a person, of which its workflow was told. */
async function openReviewed(expiresInMs: number): Promise<{ payment: PaymentBody; clinic: Clinic }> {
  const clinic = await openClinic({ options: { webhookGraceSeconds: 1 } });
  const expiresAt = new Date(Date.now() + expiresInMs).toISOString();
  const payment = await openPayment(clinic, { expiresAt });
  const owner = { workspaceId: clinic.id, paymentId: payment.id };
  await inWorkspace(pool, clinic.id, async (tx) => {
    await askPerson(tx, { ...owner, reason: 'reconciliation', subject: 'test' });
    await updateStanding(tx, payment.id);
  });
  expect(await check(clinic, payment.id)).toMatchObject({ status: 'pending', review: 'reconciliation' });
  return { payment, clinic };
}

describe('an unpaid payment with review reconciliation', () => {
  it('expires by itself, and the review stays', async () => {
    const { payment, clinic } = await openReviewed(3_000);
    const ended = await eventually(`the end of ${payment.id}`, async () => {
      const now = await readPayment(clinic, payment.id);
      return now.status === 'pending' ? null : now;
    });
    expect(ended).toMatchObject({ status: 'expired', review: 'reconciliation' });
  });

  it('is settled by its own workflow when the payer pays', async () => {
    const { payment, clinic } = await openReviewed(3_600_000);
    await payAtVendor(payment.id);
    const paid = await untilStatus(clinic, payment.id, 'completed');
    expect(paid).toMatchObject({ review: 'reconciliation', documentIds: [expect.stringMatching(/^doc_/)] });
    expect(await temporal.ofPayment(payment).result()).toMatchObject({ status: 'completed' });
  });
});
