import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import {
  call,
  createPayment,
  openClinic,
  openPayment,
  readPayment,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
import { checkoutsOf, payAtVendor, payOnPage } from './support/vendors.ts';
import { arm, clearFaults } from '../support/faults.ts';

let clinic: TestWorkspace;
let temporal: Temporal;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
  clinic = await openClinic();
});
afterEach(() => clearFaults(clinic.account));
afterAll(() => Promise.all([temporal.close(), books.close()]));

const cancel = (id: string) =>
  call<PaymentBody & { code?: string }>('POST', `/v1/payments/${id}/cancel`, { key: clinic.key });

describe('cancel', () => {
  it('ends a payment that nobody paid, and its page at the provider', async () => {
    const payment = await openPayment(clinic);
    expect(await cancel(payment.id)).toMatchObject({
      status: 200,
      json: { status: 'cancelled', link: null },
    });
    expect((await checkoutsOf(payment.id)).map(({ status }) => status)).toEqual(['cancelled']);
    await temporal.untilEnded(payment);
    const visit = await call('GET', payment.link?.url ?? '');
    expect(visit.status).toBeLessThan(500);
    expect(await checkoutsOf(payment.id)).toHaveLength(1);
  });

  it('twice answers the same', async () => {
    const { id } = await openPayment(clinic);
    await cancel(id);
    expect(await cancel(id)).toMatchObject({ status: 200, json: { status: 'cancelled' } });
  });

  it('of a payment that was paid without a webhook completes it instead', async () => {
    const { id } = await openPayment(clinic);
    await payAtVendor(id, { webhook: 'never' });
    expect(await cancel(id)).toMatchObject({ status: 409, json: { code: 'already_paid' } });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'completed', review: null });
  });

  it('of a payment whose provider cannot be asked just now waits until it can', async () => {
    const { id } = await openPayment(clinic);
    await arm(clinic.account, { operation: 'find_payment', fault: 'status_500', times: 3 });
    const answer = await cancel(id);
    expect([200, 202]).toContain(answer.status);
    expect((await untilStatus(clinic, id, 'cancelled')).status).toBe('cancelled');
  });

  it('of a payment that still waits for its page ends it at once', async () => {
    await arm(clinic.account, { operation: 'create_link', fault: 'status_500', times: 50 });
    const created = await createPayment(clinic);
    expect(created.status).toBe(202);
    expect(await cancel(created.json.id)).toMatchObject({ status: 200, json: { status: 'cancelled' } });
  });

  it('does not lose money that comes all the same: it is documented and a person is told', async () => {
    const payment = await openPayment(clinic);
    await arm(clinic.account, { operation: 'cancel_link', fault: 'error_in_200' });
    expect((await cancel(payment.id)).json).toMatchObject({ status: 'cancelled' });
    await payOnPage(payment.id, 0);
    const late = await untilReview(clinic, payment.id, 'late_success');
    expect(late).toMatchObject({ status: 'completed', documentIds: [expect.stringMatching(/^doc_/)] });
  });

  it('that finds money of another sum says that a person must decide, and is not on its way', async () => {
    const { id } = await openPayment(clinic);
    // The page asks for other money than the payment, and nobody tells of it before the cancel asks.
    await books.query('UPDATE payments SET charge_amount = charge_amount + 100 WHERE id = $1', [id]);
    await payAtVendor(id, { webhook: 'never' });
    expect(await cancel(id)).toMatchObject({ status: 409, json: { code: 'not_open' } });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'pending', review: 'amount_mismatch' });
  });

  it('of a payment that is held for a person is refused', async () => {
    const { id } = await openPayment(clinic);
    await payAtVendor(id, { webhook: 'wrong_amount' });
    await untilReview(clinic, id, 'amount_mismatch');
    expect(await cancel(id)).toMatchObject({ status: 409, json: { code: 'not_open' } });
  });
});
