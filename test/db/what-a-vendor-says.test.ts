import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { ActivityContext } from '../../src/activities/context.ts';
import { judgeFinding } from '../../src/activities/payments/judge-finding.ts';
import { loadPayment } from '../../src/activities/payments/load-payment.ts';
import { insertProviderEvent } from '../../src/db/provider-events.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { newId } from '../../src/domain/ids.ts';
import type { ProviderTransaction } from '../../src/providers/payments/payment-provider.ts';
import { openClinic, openPayment, readPayment } from '../e2e/support/clinic.ts';
import type { TestWorkspace } from '../e2e/support/clinic.ts';
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

const chargeOf = (paymentId: string, change: Partial<ProviderTransaction>): ProviderTransaction => ({
  transactionId: `charge-${newId('transaction')}`,
  kind: 'charge',
  status: 'succeeded',
  amount: 100,
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
  rawCode: '000',
  foreignDocument: null,
  refundable: null,
  ...change,
});

async function judge(paymentId: string, transactions: ProviderTransaction[]) {
  const loaded = await loadPayment(pool, { workspaceId: clinic.id, paymentId });
  const context = { pool, adapters: { payment: () => ({}) } } as unknown as ActivityContext;
  await judgeFinding(context, loaded, { transactions, disputes: [], unreadable: [] });
  return loaded;
}

describe('what a vendor says of a charge', () => {
  it('counts as captured only in the currency of the payment', async () => {
    const { id } = await openPayment(clinic);
    await judge(id, [chargeOf(id, { amount: 100 }), chargeOf(id, { amount: 7_000, currency: 'USD' })]);
    expect(await readPayment(clinic, id)).toMatchObject({ review: 'amount_mismatch', capturedAmount: 100 });
  });

  it('is not dated later than now, whatever its clock shows', async () => {
    const { id } = await openPayment(clinic);
    const tomorrow = new Date(Date.now() + 86_400_000);
    const charge = chargeOf(id, { paidAt: tomorrow });
    await judge(id, [charge]);
    const { rows } = await pool.query<{ isPast: boolean }>(
      'SELECT paid_at <= now() AS "isPast" FROM provider_transactions WHERE provider_transaction_id = $1',
      [charge.transactionId],
    );
    expect(rows).toEqual([{ isPast: true }]);
  });
});

describe('a webhook that names the page of one payment and the id of another', () => {
  it.each([
    ['signed: is of the payment that it names', true],
    ['not signed: is of the page whose secret it shows', false],
  ])('%s', async (_how, isSigned) => {
    const [ofPage, named] = [await openPayment(clinic), await openPayment(clinic)];
    const { payment, pages } = await loadPayment(pool, { workspaceId: clinic.id, paymentId: ofPage.id });
    const event = {
      id: newId('providerEvent'),
      workspaceId: clinic.id,
      accountId: payment.accountId ?? '',
      provider: payment.provider,
      eventId: newId('providerEvent'),
      kind: 'charge',
      claimed: {
        pageId: pages[0]?.providerPageId ?? '',
        paymentId: named.id,
        transactionId: null,
        isSigned,
      },
      names: null,
      reason: 'it names no payment',
      bodySealed: Buffer.from('x'),
      headersSealed: Buffer.from('x'),
      bodySha256: Buffer.alloc(32),
      remoteAddress: null,
      receivedAt: new Date(),
    };
    const stored = await insertProviderEvent(pool, event);
    expect(stored?.paymentId).toBe(isSigned ? named.id : ofPage.id);
  });
});
