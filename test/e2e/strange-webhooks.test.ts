import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  admin,
  check,
  eventually,
  openClinic,
  openPayment,
  readPayment,
  theDocumentOf,
  untilPushed,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { PageBody, PaymentBody, TestWorkspace } from './support/clinic.ts';
import {
  answeredDeliveries,
  checkoutsOf,
  declineAtVendor,
  payAtVendor,
  vendorDocumentsOf,
} from './support/vendors.ts';

let clinic: TestWorkspace;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ pushes: true });
});
afterAll(() => books.close());

/** Opens a payment and lets it be paid in this way. */
async function paid(how: object, change: object = {}): Promise<PaymentBody> {
  const payment = await openPayment(clinic, change);
  await payAtVendor(payment.id, how);
  return payment;
}

describe('a webhook', () => {
  it('that comes a hundred times at once is one inbox row, one document and one push', async () => {
    const { id } = await paid({ webhook: 'duplicate', copies: 100 });
    const deliveries = await answeredDeliveries(id, 100);
    expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set([200]));
    const payment = await untilStatus(clinic, id, 'completed');
    await untilPushed(clinic, theDocumentOf(payment));
    expect(await books.inboxOf(id)).toMatchObject([{ verdict: 'accepted', handledAs: 'settled' }]);
    expect(await books.query('SELECT 1 FROM tax_documents WHERE payment_id = $1', [id])).toHaveLength(1);
    expect(await vendorDocumentsOf(id)).toHaveLength(1);
    expect((await readPayment(clinic, id)).review).toBeNull();
  });

  it('that is late is waited for', async () => {
    const { id } = await paid({ webhook: 'late', delayMs: 1_500 });
    expect((await readPayment(clinic, id)).status).toBe('pending');
    const payment = await untilStatus(clinic, id, 'completed');
    expect(theDocumentOf(payment)).toMatch(/^doc_/);
    expect(payment.review).toBeNull();
  });

  it('that is signed by somebody else is refused, and its payment is found by asking', async () => {
    const refusing = await openClinic();
    const { id } = await openPayment(refusing);
    await payAtVendor(id, { webhook: 'bad_signature' });
    expect(await answeredDeliveries(id, 1)).toMatchObject([{ mode: 'bad_signature', status: 401 }]);
    await untilStatus(refusing, id, 'completed');
    const rows = await books.query(
      'SELECT verdict, payment_id AS "paymentId", body_sealed AS body FROM provider_events WHERE workspace_id = $1',
      [refusing.id],
    );
    expect(rows).toEqual([{ verdict: 'refused', paymentId: null, body: null }]);
  });

  it.each([
    ['wrong_amount', 34_900],
    // `capturedAmount` counts the payment's own currency alone.
    ['wrong_currency', 0],
  ])('of %s is held for a person and documents nothing', async (webhook, captured) => {
    const { id } = await paid({ webhook }, { amount: 35_000 });
    const held = await untilReview(clinic, id, 'amount_mismatch');
    expect(held).toMatchObject({ status: 'pending', documentIds: [], capturedAmount: captured });
    const events = await books.eventsOf(id);
    expect(events).toContain('payment.review_opened');
    expect(events).not.toContain('payment.completed');
    expect(await vendorDocumentsOf(id)).toEqual([]);
    await check(clinic, id);
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'pending', documentIds: [] });
  });

  it('of an older refused attempt that comes after the success changes nothing', async () => {
    const { id } = await paid({ webhook: 'out_of_order' });
    await answeredDeliveries(id, 2);
    const payment = await untilStatus(clinic, id, 'completed');
    await eventually('both webhooks acted on', async () => {
      const rows = await books.inboxOf(id);
      return rows.length === 2 && rows.every(({ handledAs }) => handledAs !== null) ? rows : null;
    });
    expect(await readPayment(clinic, id)).toMatchObject({
      status: 'completed',
      review: null,
      documentIds: payment.documentIds,
    });
  });

  it('that is cut off is shown to a person, and the payment is completed by asking', async () => {
    const { id } = await paid({ webhook: 'truncated' });
    await answeredDeliveries(id, 1);
    const [row] = await books.query<{ id: string; paymentId: string | null }>(
      `SELECT id, payment_id AS "paymentId" FROM provider_events WHERE workspace_id = $1 AND verdict = 'quarantined'`,
      [clinic.id],
    );
    expect(row?.paymentId).toBeNull();
    const { json } = await admin<PageBody<{ id: string; status: string }>>(
      'GET',
      '/v1/admin/inbox?status=quarantined',
    );
    expect(json.data).toContainEqual(expect.objectContaining({ id: row?.id, status: 'quarantined' }));
    expect((await readPayment(clinic, id)).status).toBe('pending');
    expect(await check(clinic, id)).toMatchObject({ status: 'completed', review: null });
  });

  it('of a refused card leaves the payment open, and the payer may try again', async () => {
    const { id } = await openPayment(clinic);
    await declineAtVendor(id);
    await answeredDeliveries(id, 1);
    await eventually('the refusal in the inbox', async () => {
      const [row] = await books.inboxOf(id);
      return row !== undefined && row.handledAs !== null ? row : null;
    });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'pending', documentIds: [], review: null });
    await payAtVendor(id);
    const payment = await untilStatus(clinic, id, 'completed');
    expect(theDocumentOf(payment)).toMatch(/^doc_/);
    expect((await checkoutsOf(id)).map(({ status }) => status)).toEqual(['paid']);
  });
});
