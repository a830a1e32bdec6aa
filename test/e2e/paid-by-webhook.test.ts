import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import {
  call,
  eventually,
  openClinic,
  openPayment,
  readDocument,
  readTimeline,
  theDocumentOf,
  untilPushed,
  untilStatus,
} from './support/clinic.ts';
import type { DocumentBody, PaymentBody, TestWorkspace } from './support/clinic.ts';
import { checkoutsOf, payAtVendor, vendorDocumentsOf } from './support/vendors.ts';

describe('a payment whose webhook comes', () => {
  let clinic: TestWorkspace;
  let payment: PaymentBody;
  let document: DocumentBody;
  beforeAll(async () => {
    clinic = await openClinic({ pushes: true, print: 'at_issue' });
    const { id } = await openPayment(clinic, { amount: 35_000 });
    await payAtVendor(id);
    payment = await untilStatus(clinic, id, 'completed');
    document = await untilPushed(clinic, theDocumentOf(payment));
  });

  it('is completed for the amount that came, by the means that paid it', () => {
    expect(payment).toMatchObject({
      status: 'completed',
      outcome: 'known',
      review: null,
      method: 'card',
      amount: 35_000,
      capturedAmount: 35_000,
      means: [{ method: 'card', amount: 35_000, last4: expect.stringMatching(/^\d{4}$/) }],
    });
    expect(Date.parse(payment.completedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(payment.createdAt));
  });

  it('has one document, the first of its series', () => {
    // The service issues the legal document, so ours is its confirmation.
    expect(document).toMatchObject({
      type: 'payment_confirmation',
      number: 1,
      paymentId: payment.id,
      total: 35_000,
      means: [{ method: 'card', last4: expect.stringMatching(/^\d{4}$/), amount: 35_000 }],
    });
  });

  it('is at the invoice service once, under our id', async () => {
    const held = await vendorDocumentsOf(payment.id);
    expect(held).toMatchObject([{ total: 35_000 }]);
    expect(document.external).toMatchObject({
      service: 'green-invoice',
      id: held[0]?.id,
      number: held[0]?.number,
    });
  });

  it('has a PDF whose bytes are the ones that were stored', async () => {
    const pdf = await eventually('the PDF', async () => {
      const answer = await call<unknown>('GET', `/v1/documents/${document.id}/pdf?original=true`, {
        key: clinic.key,
      });
      return answer.status === 200 ? answer.bytes : null;
    });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const { sha256 } = await readDocument(clinic, document.id);
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(sha256);
  });

  it('tells its story in the order in which it happened', async () => {
    const timeline = await readTimeline(clinic, payment.id);
    const kinds = timeline.map(({ kind }) => kind);
    const story = ['created', 'link_ready', 'webhook', 'charge_succeeded', 'completed', 'pushed'];
    expect(kinds.filter((kind) => story.includes(kind))).toEqual(story);
    const instants = timeline.map(({ at }) => Date.parse(at));
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  });

  it('is paid at the vendor too', async () => {
    expect(await checkoutsOf(payment.id)).toMatchObject([
      { status: 'paid', amount: 35_000, currency: 'ILS' },
    ]);
  });
});
