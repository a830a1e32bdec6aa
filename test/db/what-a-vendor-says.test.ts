import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { loadPayment } from '../../src/activities/books/load-payment.ts';
import { insertProviderEvent } from '../../src/db/provider-events.ts';
import { newId } from '../../src/domain/ids.ts';
import { createSettlePayment } from '../../src/activities/payments/settle-payment.ts';
import { call, openPayment, readPayment } from '../e2e/support/clinic.ts';
import { documentsOf } from '../e2e/support/paid-payments.ts';
import { untilRefunds } from '../e2e/support/refunds.ts';
import { transaction, openVendorWord } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

let word: VendorWord;
beforeAll(async () => {
  word = await openVendorWord();
});
afterAll(() => word.close());

describe('what a vendor says of a charge', () => {
  it('counts as captured only in the currency of the payment', async () => {
    const { id } = await openPayment(word.clinic);
    const foreign = { transactionId: `foreign-of-${id}`, amount: 7_000, currency: 'USD' };
    await word.tell(id, { transactions: [transaction(id, { amount: 100 }), transaction(id, foreign)] });
    expect(await readPayment(word.clinic, id)).toMatchObject({
      review: 'amount_mismatch',
      capturedAmount: 100,
    });
  });

  it.each([
    ['JPY', 5_000, '5000 JPY'],
    ['KWD', 5_000, '5.000 KWD'],
    ['ILS', 5_000, '50.00 ILS'],
  ])('is written on the timeline with the decimals of %s', async (currency, amount, sum) => {
    const { id } = await openPayment(word.clinic);
    await word.tell(id, { transactions: [transaction(id, { amount, currency })] });
    const { rows } = await word.pool.query<{ summary: string }>(
      `SELECT summary FROM payment_log WHERE payment_id = $1 AND kind = 'charge_succeeded'`,
      [id],
    );
    expect(rows.map(({ summary }) => summary)).toEqual([
      `payplus says: charge of ${sum} succeeded (code 000)`,
    ]);
  });

  it('is not dated later than now, whatever its clock shows', async () => {
    const { id } = await openPayment(word.clinic);
    const tomorrow = new Date(Date.now() + 86_400_000);
    const charge = transaction(id, { paidAt: tomorrow });
    await word.tell(id, { transactions: [charge] });
    const { rows } = await word.pool.query<{ isPast: boolean }>(
      'SELECT paid_at <= now() AS "isPast" FROM provider_transactions WHERE provider_transaction_id = $1',
      [charge.transactionId],
    );
    expect(rows).toEqual([{ isPast: true }]);
  });
});

describe('a vendor whose clock is a day ahead', () => {
  it('dates no document tomorrow: neither the receipt nor the credit', async () => {
    const { id } = await openPayment(word.clinic);
    const paidAt = new Date(Date.now() + 86_400_000);
    const { verdict, transactionId } = await word.tell(id, { transactions: [transaction(id, { paidAt })] });
    expect(verdict).toBe('paid');
    const order = { workspaceId: word.clinic.id, paymentId: id, transactionId: transactionId ?? '' };
    await createSettlePayment(word.context)({ ...order, eventIds: [] });
    const back = { kind: 'refund', amount: 1_000, refundOf: `charge-of-${id}`, paidAt } as const;
    await word.tell(id, { transactions: [transaction(id, { ...back, transactionId: `back-${id}` })] });
    await untilRefunds(word.clinic, id, 1);
    const documents = await documentsOf(word.clinic, id);
    const days = await Promise.all(
      documents.map(async ({ id: documentId }) => {
        const path = `/v1/documents/${documentId}`;
        return (await call<{ documentDate: string }>('GET', path, { key: word.clinic.key })).json
          .documentDate;
      }),
    );
    expect(days).toHaveLength(2);
    const today = todayInIsrael();
    for (const day of days) expect(day <= today).toBe(true);
  });
});

describe('a webhook that names the page of one payment and the id of another', () => {
  it.each([
    ['signed: is of the payment that it names', true],
    ['not signed: is of the page whose secret it shows', false],
  ])('%s', async (_how, isSigned) => {
    const [ofPage, named] = [await openPayment(word.clinic), await openPayment(word.clinic)];
    const { payment, pages } = await loadPayment(word.pool, {
      workspaceId: word.clinic.id,
      paymentId: ofPage.id,
    });
    const event = {
      id: newId('providerEvent'),
      workspaceId: word.clinic.id,
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
      namesStatus: null,
      isProven: isSigned,
      reason: 'it names no known payment',
      bodySealed: Buffer.from('x'),
      headersSealed: Buffer.from('x'),
      bodySha256: Buffer.alloc(32),
      remoteAddress: null,
      receivedAt: new Date(),
    };
    const stored = await insertProviderEvent(word.pool, event);
    expect(stored?.paymentId).toBe(isSigned ? named.id : ofPage.id);
  });
});
