import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import {
  call,
  check,
  eventually,
  listDocuments,
  openClinic,
  openPayment,
  readDocument,
  readPayment,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { record } from './support/manual.ts';
import { refund, untilRefunds } from './support/refunds.ts';
import { refundAtVendor } from './support/vendor-refunds.ts';
import { payAtVendor } from './support/vendors.ts';

const SOLD = {
  amount: 20_000,
  vatReason: 'ספר פטור',
  items: [
    { description: 'טיפול', quantity: 2, unitPrice: 5_900 },
    { description: 'ספר', quantity: 1, unitPrice: 8_200, vatTreatment: 'exempt' },
  ],
};

interface Refusal {
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string }[];
}

let tools: ReadBack;
let clinic: Clinic;
beforeAll(async () => {
  tools = await createReadBack();
  clinic = await openClinic();
});
afterAll(() => tools.close());

const wordsOn = async (documentId: string): Promise<string> => {
  const bytes = await eventually(`the print of ${documentId}`, async () => {
    const answer = await call('GET', `/v1/documents/${documentId}/pdf`, { key: clinic.key });
    return answer.status === 200 ? answer.bytes : null;
  });
  return (await tools.wordsOf(bytes)).replace(/\s+/g, ' ');
};

const creditsOf = async (paymentId: string) =>
  (await listDocuments(clinic)).filter((one) => one.paymentId === paymentId && one.refundId !== null);

describe('a part of a document with lines with and without VAT', () => {
  it('goes back by lines, and the credit prints them as they were sold', async () => {
    const payment = await record(clinic, SOLD);
    const bare = await refund(clinic, payment.id, { amount: 3_000 });
    const { code, errors } = bare.json as unknown as Refusal;
    expect([bare.status, code, errors?.[0]?.pointer]).toEqual([422, 'refund_lines_required', '#/items']);

    const book = await refund(clinic, payment.id, { items: [{ line: 2, amount: 3_000 }] });
    expect(book).toMatchObject({ status: 201, json: { amount: 3_000, items: [{ line: 2, amount: 3_000 }] } });
    expect(await readDocument(clinic, book.json.documentId ?? '')).toMatchObject({ net: 3_000, vat: 0 });
    const words = await wordsOn(book.json.documentId ?? '');
    expect(words).toContain('ספר');
    expect(words).toContain('פטור ממע"מ');
    expect(words).not.toContain('18%');

    const over = await refund(clinic, payment.id, { amount: 5_201, items: [{ line: 2, amount: 5_201 }] });
    expect([over.status, (over.json as unknown as Refusal).errors?.[0]?.pointer]).toEqual([
      422,
      '#/items/0/amount',
    ]);

    const visit = await refund(clinic, payment.id, { items: [{ line: 1, quantity: 1, amount: 5_900 }] });
    expect(await readDocument(clinic, visit.json.documentId ?? '')).toMatchObject({ net: 5_000, vat: 900 });
    const rest = await refund(clinic, payment.id);
    expect(await readDocument(clinic, rest.json.documentId ?? '')).toMatchObject({ net: 10_200, vat: 900 });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'refunded', review: null });
  });

  it('that the provider gave back waits for a person to name the lines', async () => {
    const { id } = await openPayment(clinic, SOLD);
    await payAtVendor(id);
    await untilStatus(clinic, id, 'completed');
    await refundAtVendor(id, 3_000);
    await check(clinic, id);
    await untilRefunds(clinic, id, 1);
    const held = await untilReview(clinic, id, 'refund_lines_required');
    expect(held).toMatchObject({ status: 'partially_refunded', refundedAmount: 3_000 });
    expect(await creditsOf(id)).toEqual([]);
    expect((await refund(clinic, id, { amount: 17_001, items: [{ line: 1, amount: 17_001 }] })).status).toBe(
      409,
    );

    const resolve = (body: object) =>
      call<PaymentBody & Refusal>('POST', `/v1/payments/${id}/resolve`, {
        key: clinic.key,
        body: { action: 'accept', reason: 'the book came back', ...body },
      });
    expect(await resolve({})).toMatchObject({ status: 422, json: { code: 'refund_lines_required' } });
    expect(await resolve({ items: [{ line: 2, amount: 2_999 }] })).toMatchObject({ status: 422 });
    expect((await resolve({ items: [{ line: 2, amount: 3_000 }] })).status).toBeLessThan(300);
    const [credit, ...more] = await eventually('the credit', async () => {
      const made = await creditsOf(id);
      return made.length > 0 ? made : null;
    });
    expect(more).toEqual([]);
    expect(credit).toMatchObject({ net: 3_000, vat: 0, total: 3_000 });
    await check(clinic, id);
    expect((await readPayment(clinic, id)).review).not.toBe('refund_lines_required');
    expect(await creditsOf(id)).toHaveLength(1);
  });
});
