import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  check,
  eventually,
  openClinic,
  openPayment,
  readDocument,
  readPayment,
  theDocumentOf,
  untilPushed,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { PAYMENT_SUBJECTS } from '../contract/payment-subjects.ts';
import { PAYER, PROVIDERS } from './support/providers.ts';
import {
  answeredDeliveries,
  declineAtVendor,
  inParallel,
  payAtVendor,
  vendorDocumentsOf,
} from './support/vendors.ts';

describe.each(PROVIDERS)('a payment through %s', (provider) => {
  let clinic: Clinic;
  let books: Books;
  beforeAll(async () => {
    books = openBooks();
    clinic = await openClinic({ provider, pushes: true });
  });
  afterAll(() => books.close());

  const order = () => openPayment(clinic, { customer: PAYER });
  async function paid(how: object = {}): Promise<PaymentBody> {
    const payment = await order();
    await payAtVendor(payment.id, how);
    return payment;
  }
  const documentsOf = (id: string) =>
    books.query<{ id: string }>('SELECT id FROM tax_documents WHERE payment_id = $1', [id]);
  const untilHandled = (id: string, count: number) =>
    eventually(`${count} webhooks of ${id} acted on`, async () => {
      const rows = await books.inboxOf(id);
      return rows.length === count && rows.every(({ handledAs }) => handledAs !== null) ? rows : null;
    });

  it('is completed by its webhook and has its document, which is pushed', async () => {
    const { id, amount } = await paid();
    const payment = await untilStatus(clinic, id, 'completed');
    expect(payment).toMatchObject({ review: null, capturedAmount: amount, method: 'card', outcome: 'known' });
    const document = await untilPushed(clinic, theDocumentOf(payment));
    expect(document).toMatchObject({ total: amount, means: [{ method: 'card', amount }] });
    expect(await vendorDocumentsOf(id)).toMatchObject([{ total: amount }]);
  });

  it('is found by asking where no webhook comes', async () => {
    const impatient = await openClinic({ provider, options: { webhookGraceSeconds: 1 } });
    const { id } = await openPayment(impatient, { customer: PAYER });
    await payAtVendor(id, { webhook: 'never' });
    const payment = await untilStatus(impatient, id, 'completed');
    expect(payment.review).toBeNull();
    expect((await readDocument(impatient, theDocumentOf(payment))).total).toBe(payment.amount);
    expect(await books.inboxOf(id)).toEqual([]);
  });

  it('whose card is refused stays open, and the payer may try again', async () => {
    const { id } = await order();
    await declineAtVendor(id);
    if (PAYMENT_SUBJECTS[provider].tellsDeclines) await untilHandled(id, 1);
    expect(await check(clinic, id)).toMatchObject({ status: 'pending', documentIds: [], review: null });
    await payAtVendor(id);
    expect(theDocumentOf(await untilStatus(clinic, id, 'completed'))).toMatch(/^doc_/);
  });

  it('that is told a hundred times at once is completed once', async () => {
    const { webhooksOfPayment: webhooks } = PAYMENT_SUBJECTS[provider];
    const { id } = await paid({ webhook: 'duplicate', copies: 100 });
    const deliveries = await answeredDeliveries(id, 100 * webhooks);
    expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set([200]));
    await untilStatus(clinic, id, 'completed');
    expect(await untilHandled(id, webhooks)).toHaveLength(webhooks);
    expect(await documentsOf(id)).toHaveLength(1);
    expect((await readPayment(clinic, id)).review).toBeNull();
  });

  it('of which somebody else tells is not believed: the provider is asked at once', async () => {
    const refusing = await openClinic({ provider });
    const { id } = await openPayment(refusing, { customer: PAYER });
    await payAtVendor(id, { webhook: 'bad_signature' });
    const deliveries = await answeredDeliveries(id, PAYMENT_SUBJECTS[provider].webhooksOfPayment);
    expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set([401]));
    expect(await untilStatus(refusing, id, 'completed')).toMatchObject({ review: null });
    expect(await books.inboxOf(id)).toEqual([]);
  });

  it('whose webhook is cut off is quarantined, and completed by asking', async () => {
    const quarantined = () =>
      books.query<{ paymentId: string | null }>(
        `SELECT payment_id AS "paymentId" FROM provider_events WHERE workspace_id = $1 AND verdict = 'quarantined'`,
        [clinic.id],
      );
    expect(await quarantined()).toEqual([]);
    const { id } = await paid({ webhook: 'truncated' });
    await answeredDeliveries(id, PAYMENT_SUBJECTS[provider].webhooksOfPayment);
    const rows = await quarantined();
    expect(rows).toHaveLength(PAYMENT_SUBJECTS[provider].webhooksOfPayment);
    expect(new Set(rows.map(({ paymentId }) => paymentId))).toEqual(new Set([null]));
    expect((await readPayment(clinic, id)).status).toBe('pending');
    expect(await check(clinic, id)).toMatchObject({ status: 'completed', review: null });
  });

  it('of another amount is held for a person and documents nothing', async () => {
    const { id, amount } = await paid({ webhook: 'wrong_amount' });
    const held = await untilReview(clinic, id, 'amount_mismatch');
    expect(held).toMatchObject({ status: 'pending', documentIds: [], capturedAmount: amount - 100 });
    expect(await check(clinic, id)).toMatchObject({ status: 'pending', review: 'amount_mismatch' });
    expect(await documentsOf(id)).toEqual([]);
  });

  it('whose webhooks come in the wrong order ends as it should', async () => {
    const { id } = await paid({ webhook: 'out_of_order' });
    await answeredDeliveries(id, 2);
    await untilStatus(clinic, id, 'completed');
    await untilHandled(id, 2);
    const after = await readPayment(clinic, id);
    expect(after).toMatchObject({ status: 'completed', review: null });
    expect(await documentsOf(id)).toHaveLength(1);
  });

  it('that is paid twice is documented once, and the second charge is held for a person', async () => {
    const { id, amount } = await paid();
    await untilStatus(clinic, id, 'completed');
    await payAtVendor(id);
    const held = await untilReview(clinic, id, 'duplicate_payment');
    expect(held).toMatchObject({ status: 'completed', capturedAmount: 2 * amount });
    expect(await documentsOf(id)).toHaveLength(1);
  });

  it('is one of twenty at once that do not get in each other’s way', async () => {
    const orders = await inParallel(Array.from({ length: 20 }), 10, () => order());
    await inParallel(orders, 10, ({ id }) => payAtVendor(id));
    const done = await inParallel(orders, 10, ({ id }) => untilStatus(clinic, id, 'completed'));
    expect(new Set(done.map(theDocumentOf)).size).toBe(20);
    expect(new Set(done.map(({ review }) => review))).toEqual(new Set([null]));
  });
});
