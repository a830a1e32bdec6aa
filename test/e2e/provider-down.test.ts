import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  createPayment,
  openClinic,
  theDocumentOf,
  untilReview,
  untilLinked,
  untilStatus,
} from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
import { checkoutsOf, payAtVendor, payOnPage } from './support/vendors.ts';
import { arm, clearFaults } from '../support/faults.ts';

let clinic: TestWorkspace;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
});
afterEach(() => clearFaults(clinic.account));
afterAll(() => books.close());

describe('a provider that is down when a payment is made', () => {
  it('does not lose it: the link comes later and can be paid', async () => {
    await arm(clinic.account, { operation: 'create_link', fault: 'status_500', times: 2 });
    await arm(clinic.account, { operation: 'create_link', fault: 'connection_reset', times: 1_000 });
    const made = await createPayment(clinic);
    expect(made.status).toBe(202);
    expect(made.json).toMatchObject({ status: 'creating', link: null });
    await clearFaults(clinic.account);
    const { id, link } = await untilLinked(clinic, made.json.id);
    expect(link?.url).toMatch(/\/pay\//);
    expect(await books.eventsOf(id)).toEqual(['payment.link_ready']);
    expect(await checkoutsOf(id)).toHaveLength(1);
    await payAtVendor(id);
    expect(theDocumentOf(await untilStatus(clinic, id, 'completed'))).toMatch(/^doc_/);
  });

  it('and that comes back within seconds is not noticed by the caller', async () => {
    await arm(clinic.account, { operation: 'create_link', fault: 'status_500', times: 2 });
    const made = await createPayment(clinic);
    expect(made.status).toBe(201);
    expect(made.json.link).not.toBeNull();
  });
});

describe('a page whose making was never answered', () => {
  let payment: PaymentBody;
  beforeAll(async () => {
    await arm(clinic.account, { operation: 'create_link', fault: 'timeout_after_effect' });
    const made = await createPayment(clinic);
    expect([201, 202]).toContain(made.status);
    payment = await untilLinked(clinic, made.json.id);
  });

  it('is followed by another; the payer is sent to the one that was answered', async () => {
    const pages = await checkoutsOf(payment.id);
    expect(pages).toHaveLength(2);
    expect(payment.link?.providerUrl).toBe(pages[1]?.url);
    expect(await books.eventsOf(payment.id)).toEqual(['payment.link_ready']);
  });

  it('is money of ours all the same, and so is the second', async () => {
    await payOnPage(payment.id, 0);
    const paid = await untilStatus(clinic, payment.id, 'completed');
    expect(paid).toMatchObject({ review: null, capturedAmount: payment.amount });
    await payOnPage(payment.id, 1);
    const held = await untilReview(clinic, payment.id, 'duplicate_payment');
    expect(held.documentIds).toEqual(paid.documentIds);
  });
});

describe('a page that the provider refuses', () => {
  it('ends the payment as failed, says so, and is asked for once', async () => {
    // PayPlus offers no such method: the adapter refuses before a byte leaves.
    const made = await createPayment(clinic, { methods: ['paybox'] });
    const payment = await untilStatus(clinic, made.json.id, 'failed');
    const failure = { code: 'rejected', message: expect.any(String), vendorCode: null };
    expect(payment).toMatchObject({ link: null, documentIds: [], failure });
    expect(await books.eventsOf(payment.id)).toEqual(['payment.failed']);
    const [told] = await books.query('SELECT facts FROM events WHERE payment_id = $1', [payment.id]);
    expect(told).toMatchObject({ facts: { status: 'failed', reason: 'rejected', failure } });
    expect(await checkoutsOf(payment.id)).toEqual([]);
  });
});
