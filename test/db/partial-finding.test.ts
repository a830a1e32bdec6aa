import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { ActivityContext } from '../../src/activities/context.ts';
import { judgeFinding } from '../../src/activities/payments/judge-finding.ts';
import { loadPayment } from '../../src/activities/payments/load-payment.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import type { ProviderTransaction } from '../../src/providers/payments/payment-provider.ts';
import { openClinic, openPayment, readPayment, untilStatus } from '../e2e/support/clinic.ts';
import type { TestWorkspace } from '../e2e/support/clinic.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';
import { readEnvironment } from '../support/environment.ts';

let pool: Pool;
let clinic: TestWorkspace;
beforeAll(async () => {
  pool = createPool({
    connectionString: readEnvironment().databaseUrl,
    onError: (error) => {
      throw error;
    },
  });
  clinic = await openClinic();
});
afterAll(() => pool.end());

/** A refund that somebody made in the vendor's dashboard. */
const refundOf = (paymentId: string): ProviderTransaction => ({
  transactionId: `refund-of-${paymentId}`,
  kind: 'refund',
  status: 'succeeded',
  amount: 1_000,
  currency: 'ILS',
  paidAt: new Date(),
  paidAtRaw: '',
  means: [],
  payerName: null,
  reference: paymentId,
  pageId: null,
  refundOf: null,
  refundReference: null,
  secret: null,
  refundable: null,
  rawCode: '000',
  foreignDocument: null,
});

describe('an answer that tells only of a refund made at the vendor', () => {
  it('is credited once and shown to a person, and forgets no money that came', async () => {
    const { id, amount } = await openPayment(clinic);
    await payAtVendor(id);
    const paid = await untilStatus(clinic, id, 'completed');
    const loaded = await loadPayment(pool, { workspaceId: clinic.id, paymentId: id });
    const finding = { transactions: [refundOf(id)], disputes: [], unreadable: [] };
    const adapters = { payment: () => ({}) };
    const context = { pool, adapters } as unknown as ActivityContext;
    await judgeFinding(context, loaded, finding);

    expect(await readPayment(clinic, id)).toMatchObject({
      status: 'completed',
      review: 'reconciliation',
      capturedAmount: amount,
      documentIds: expect.arrayContaining([...paid.documentIds]),
    });
    const credited = await untilStatus(clinic, id, 'partially_refunded');
    expect(credited).toMatchObject({ refundedAmount: 1_000, review: 'reconciliation' });
    expect(credited.documentIds).toHaveLength(2);
    await judgeFinding(context, loaded, finding);
    expect((await readPayment(clinic, id)).refundedAmount).toBe(1_000);
  });
});
