import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  call,
  check,
  listDocuments,
  openClinic,
  openPayment,
  readPayment,
  untilPushed,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { refund, untilRefund } from './support/refunds.ts';
import { payAtVendor, scaleLags, vendorDocumentsOf } from './support/vendors.ts';

let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ provider: 'stripe', pushes: true });
  // The refund must be in the books before the vendor takes it back, also on a busy machine.
  await scaleLags(clinic.account, 20);
});
afterAll(() => books.close());

const resolve = (id: string, body: object) =>
  call<PaymentBody>('POST', `/v1/payments/${id}/resolve`, {
    key: clinic.key,
    body: { reason: 'the card was closed', ...body },
  });

const documentsOf = async (paymentId: string) =>
  (await listDocuments(clinic)).filter((document) => document.paymentId === paymentId);

/** A refund of 100.00 that succeeded and that the vendor took back later. */
async function reversed(): Promise<{ held: PaymentBody; refundId: string; creditId: string }> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id, { method: 'card_refund_fails' });
  await untilStatus(clinic, id, 'completed');
  const { json } = await refund(clinic, id, { amount: 10_000 });
  const { documentId } = await untilRefund(clinic, id, json.id, { status: 'completed' });
  await check(clinic, id);
  const held = await untilReview(clinic, id, 'refund_reversed');
  return { held, refundId: json.id, creditId: documentId ?? '' };
}

describe('a refund that the vendor takes back after it had succeeded', () => {
  it('is held for a person, and changes nothing by itself', async () => {
    const { held } = await reversed();
    expect(held).toMatchObject({ status: 'partially_refunded', refundedAmount: 10_000 });
    expect(await documentsOf(held.id)).toHaveLength(2);
    expect(await check(clinic, held.id)).toMatchObject({ review: 'refund_reversed' });
  });

  it('that a person accepts gets a document of the original’s type, and status and sums follow', async () => {
    const { held, refundId, creditId } = await reversed();
    const answer = await resolve(held.id, { action: 'accept' });
    expect(answer).toMatchObject({
      status: 200,
      json: { status: 'completed', review: null, refundedAmount: 0 },
    });
    await untilRefund(clinic, held.id, refundId, { status: 'failed' });
    const documents = await documentsOf(held.id);
    const original = documents.find(({ id }) => id === held.documentIds[0]);
    const credit = documents.find(({ id }) => id === creditId);
    const [made, ...more] = documents.filter(({ id }) => id !== original?.id && id !== creditId);
    expect(more).toEqual([]);
    const { net, vat, total } = credit ?? {};
    expect(made).toMatchObject({
      type: original?.type,
      net,
      vat,
      total,
      refundId: null,
      reversesDocumentId: creditId,
    });
    const [row] = await books.query<{ day: string; today: string; credit: string }>(
      `SELECT document_date::text AS day, (now() AT TIME ZONE 'Asia/Jerusalem')::date::text AS today,
         content #>> '{reverses,displayNumber}' AS credit FROM tax_documents WHERE id = $1`,
      [made?.id],
    );
    expect(row).toMatchObject({ day: row?.today, credit: expect.stringMatching(/\d/) });
    await untilPushed(clinic, made?.id ?? '');
    expect(await vendorDocumentsOf(made?.id ?? '')).toHaveLength(1);

    expect(await check(clinic, held.id)).toMatchObject({ status: 'completed', review: null });
    const again = await refund(clinic, held.id, { amount: held.amount, method: 'cash' });
    await untilRefund(clinic, held.id, again.json.id, { status: 'completed' });
    expect(await readPayment(clinic, held.id)).toMatchObject({
      status: 'refunded',
      refundedAmount: held.amount,
    });
  });

  it('that a person dismisses changes nothing', async () => {
    const { held } = await reversed();
    const answer = await resolve(held.id, { action: 'dismiss' });
    expect(answer.json).toMatchObject({ status: 'partially_refunded', review: null, refundedAmount: 10_000 });
    expect(await documentsOf(held.id)).toHaveLength(2);
    expect(await check(clinic, held.id)).toMatchObject({ status: 'partially_refunded', review: null });
  });
});
