import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { openClinic, openPayment, readPayment, untilStatus } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { findingsOf, loseWebhooks, reconcile } from './support/reconciliation.ts';
import { disputeAtVendor, payAtVendor } from './support/vendors.ts';

let books: Books;
let clinic: Clinic;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ provider: 'stripe' });
});
afterAll(() => books.close());

describe('a dispute that no webhook told', () => {
  it('is brought in by the nightly comparison, also of a charge that is older than it looks at, and so is its end', async () => {
    const { id } = await openPayment(clinic);
    await payAtVendor(id);
    await untilStatus(clinic, id, 'completed');
    await books.query(
      `UPDATE provider_transactions SET paid_at = paid_at - interval '40 days' WHERE payment_id = $1`,
      [id],
    );
    await loseWebhooks(books, clinic.id);
    await disputeAtVendor(id);
    await reconcile(books, clinic.id);
    expect(await untilStatus(clinic, id, 'disputed')).toMatchObject({ review: 'provider_dispute' });
    await disputeAtVendor(id, 'lost');
    await reconcile(books, clinic.id);
    await disputeAtVendor(id, 'won');
    await reconcile(books, clinic.id);
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'completed', review: null });
    expect(await findingsOf(books, id)).toEqual([]);
  });
});
