import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { arm } from '../support/faults.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { call, openClinic, openPayment, theDocumentOf, untilStatus } from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { callsAbout, checkoutsOf, payAtVendor, payOnPage } from './support/vendors.ts';

let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ options: { maxPageMinutes: 1 } });
});
afterAll(() => books.close());

const visit = (payment: PaymentBody, method = 'GET', headers: Record<string, string> = {}) =>
  call<undefined>(method, payment.link?.url ?? '', { headers });

/** Makes the live page look one hour old and expired. */
async function ageLivePage({ id }: PaymentBody): Promise<void> {
  const aged = await books.query(
    `UPDATE provider_pages SET created_at = now() - interval '1 hour', expires_at = now() - interval '1 minute'
     WHERE payment_id = $1 AND state = 'live' RETURNING id`,
    [id],
  );
  expect(aged).toHaveLength(1);
}

describe('a payer who opens a link whose page is dead', () => {
  it('is sent to a new page, made after the provider was asked; not a preview, and not twice in a row', async () => {
    const payment = await openPayment(clinic);
    await ageLivePage(payment);

    await visit(payment, 'HEAD');
    await visit(payment, 'GET', { 'user-agent': 'WhatsApp/2.24.8.85 A' });
    expect(await checkoutsOf(payment.id)).toHaveLength(1);

    const renewed = await visit(payment);
    const pages = await checkoutsOf(payment.id);
    expect(pages).toHaveLength(2);
    expect([renewed.status, renewed.headers.get('location')]).toEqual([302, pages[1]?.url]);
    const operations = (await callsAbout(payment.id)).map(({ operation }) => operation);
    expect(operations[0]).toBe('create_link');
    // The old page is closed once the new one is there.
    expect(operations.slice(-2)).toEqual(['create_link', 'cancel_link']);
    expect(operations.slice(1, -2)).toContain('find_payment');

    await books.query(
      `UPDATE provider_pages SET expires_at = now() WHERE payment_id = $1 AND state = 'live'`,
      [payment.id],
    );
    const again = await visit(payment);
    expect(again.headers.get('location')).toBeNull();
    expect(await checkoutsOf(payment.id)).toHaveLength(2);
  });

  it('many times at once gets one new page, and is asked to wait a moment until it is there', async () => {
    const payment = await openPayment(clinic);
    await ageLivePage(payment);
    // Few enough not to be told that they are too many.
    const visits = await Promise.all(Array.from({ length: 3 }, () => visit(payment)));
    const pages = await checkoutsOf(payment.id);
    expect(pages).toHaveLength(2);
    const places = visits.map(({ headers }) => headers.get('location'));
    expect(places).toContain(pages[1]?.url);
    expect(places.filter((place) => place !== null && place !== pages[1]?.url)).toEqual([]);
    const waiting = visits.filter(({ status }) => status === 200);
    for (const { bytes } of waiting) expect(bytes.toString()).toMatch(/http-equiv="refresh"/i);
  });

  it('but has paid on it is told so, and no second page is made', async () => {
    const payment = await openPayment(clinic);
    await payAtVendor(payment.id, { webhook: 'never' });
    await ageLivePage(payment);
    const answer = await visit(payment);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('location')).toBeNull();
    expect(await checkoutsOf(payment.id)).toHaveLength(1);
    expect(theDocumentOf(await untilStatus(clinic, payment.id, 'completed'))).toMatch(/^doc_/);
  });

  it('and then pays on the old one, which could not be closed, is recognised', async () => {
    const payment = await openPayment(clinic);
    await ageLivePage(payment);
    await arm(clinic.account, { operation: 'cancel_link', fault: 'error_in_200' });
    await visit(payment);
    expect(await checkoutsOf(payment.id)).toHaveLength(2);
    await payOnPage(payment.id, 0);
    expect(theDocumentOf(await untilStatus(clinic, payment.id, 'completed'))).toMatch(/^doc_/);
  });
});
