import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import {
  admin,
  call,
  check,
  eventually,
  listDocuments,
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
import { record } from './support/manual.ts';
import { refund, untilRefunds } from './support/refunds.ts';
import { refundAtVendor } from './support/vendor-refunds.ts';
import { callsAbout, payAtVendor, vendorDocumentsOf } from './support/vendors.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

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

describe('at the invoice service', () => {
  interface Sent {
    readonly type: number;
    readonly remarks?: string;
    readonly client: object;
    readonly income: readonly { description: string; quantity: number; price: number; vatType: number }[];
  }
  const MIXED = {
    amount: 300_000,
    vatReason: 'ספר פטור',
    customer: { name: 'דנה לוי', address: { street: 'הרצל', houseNumber: '1', city: 'חיפה' } },
    items: [
      { description: 'טיפול', quantity: 4, unitPrice: 25_000 },
      { description: 'ספר', quantity: 1, unitPrice: 200_000, vatTreatment: 'exempt' },
    ],
  };
  const sentFor = async (key: string): Promise<Sent> => {
    const made = (await callsAbout(key)).find(({ operation }) => operation === 'create_document');
    return made?.body as Sent;
  };

  it.each(['neutral', 'lines'])(
    'lines with and without VAT arrive to the agora, with %s texts',
    async (texts) => {
      const shop = await openClinic({ pushes: true });
      const set = await admin('PATCH', `/v1/workspaces/${shop.id}`, { invoiceServiceText: texts });
      expect(set).toMatchObject({ status: 200, json: { invoiceServiceText: texts } });
      const payment = await record(shop, MIXED);
      const document = await untilPushed(shop, theDocumentOf(payment));
      const [held] = await vendorDocumentsOf(payment.id);
      expect(held).toMatchObject({ total: 300_000, net: document.net, vat: document.vat });
      const body = await sentFor(payment.id);
      const told = (own: string) => (texts === 'lines' ? own : 'תשלום');
      expect(body).toMatchObject({
        client: { address: 'הרצל 1, חיפה' },
        income: [
          { description: told('טיפול'), quantity: 4, price: 250, vatType: 1 },
          { description: told('ספר'), quantity: 1, price: 2_000, vatType: 2 },
        ],
      });
      expect(body.remarks).toContain('ספר פטור');

      const { json } = await refund(shop, payment.id, {
        reason: 'הספר חזר',
        items: [{ line: 2, amount: 50_001 }],
      });
      await untilPushed(shop, json.documentId ?? '');
      const [credited] = await vendorDocumentsOf(json.id);
      expect(credited).toMatchObject({ total: 50_001, net: 50_001, vat: 0 });
      const credit = await sentFor(json.id);
      expect(credit).toMatchObject({
        type: 330,
        income: [{ description: told('ספר'), price: 500.01, vatType: 2 }],
      });
      expect(credit.remarks).toContain(
        texts === 'lines' ? 'סיבת הזיכוי: הספר חזר' : 'סיבת הזיכוי: החזר כספי',
      );
    },
  );
});

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

  it('can be named for what is left, where the provider gave back more than that', async () => {
    const { id } = await openPayment(clinic, SOLD);
    await payAtVendor(id);
    await untilStatus(clinic, id, 'completed');
    const cash = { method: 'cash', paidOn: todayInIsrael() };
    await refund(clinic, id, { ...cash, items: [{ line: 1, amount: 6_000 }] });
    for (const [refunds, amount] of [12_000, 8_000].entries()) {
      await refundAtVendor(id, amount);
      await check(clinic, id);
      await untilRefunds(clinic, id, refunds + 2);
    }
    const resolve = (refundId: string | undefined, items?: readonly object[]) =>
      call<PaymentBody>('POST', `/v1/payments/${id}/resolve`, {
        key: clinic.key,
        body: { action: 'accept', reason: 'as the dashboard shows', refundId, items },
      });
    await untilReview(clinic, id, 'refund_lines_required');
    const refunds = await untilRefunds(clinic, id, 3);
    const of = (amount: number) => refunds.find((one) => one.amount === amount)?.id;
    const named = [
      { line: 1, amount: 5_800 },
      { line: 2, amount: 6_200 },
    ];
    expect((await resolve(of(12_000), named)).status).toBeLessThan(300);
    await eventually('the credit', async () => ((await creditsOf(id)).length === 2 ? true : null));
    // 2,000 are left of the document, and 8,000 went back: the rest is a question of its own.
    expect((await resolve(of(8_000))).status).toBeLessThan(300);
    await eventually('the last credit', async () => ((await creditsOf(id)).length === 3 ? true : null));
    const all = (await creditsOf(id)).map(({ total }) => total).sort((a, b) => a - b);
    expect(all).toEqual([2_000, 6_000, 12_000]);
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'refunded', review: 'reconciliation' });
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
