import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  openClinic,
  openPayment,
  readPayment,
  theDocumentOf,
  untilPushed,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { allCalls, callsAbout, payAtVendor, vendorDocumentsOf } from './support/vendors.ts';
import { arm } from '../support/faults.ts';

let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ pushes: true });
});
afterAll(() => books.close());

async function completed(): Promise<PaymentBody> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  return untilStatus(clinic, id, 'completed');
}

describe('a document on its way to the invoice service', () => {
  it('whose creation was never answered is looked up, not created again', async () => {
    await arm(clinic.serviceAccount, {
      operation: 'create_document',
      fault: 'timeout_after_effect',
      times: 1,
    });
    const payment = await completed();
    const document = await untilPushed(clinic, theDocumentOf(payment));
    const held = await vendorDocumentsOf(payment.id);
    expect(held.map(({ id }) => id)).toEqual([document.external?.id]);
    const created = (await callsAbout(payment.id)).filter(({ operation }) => operation === 'create_document');
    expect(created.map(({ status }) => status)).toEqual([0]);
  });

  it('is pushed later where the service fails, and the payment does not wait for it', async () => {
    await arm(clinic.serviceAccount, { operation: 'create_document', fault: 'status_500', times: 3 });
    const payment = await completed();
    expect(payment.review).toBeNull();
    const document = await untilPushed(clinic, theDocumentOf(payment));
    expect(document.external?.service).toBe('green-invoice');
    expect(await vendorDocumentsOf(payment.id)).toHaveLength(1);
    const tries = (await allCalls()).filter(
      ({ operation, reference }) => operation === 'create_document' && reference === payment.id,
    );
    expect(tries.map(({ status }) => status)).toEqual([500, 500, 500, 201]);
    expect((await readPayment(clinic, payment.id)).review).toBeNull();
    expect((await books.eventsOf(payment.id)).filter((type) => type === 'invoice.pushed')).toHaveLength(1);
  });
});
