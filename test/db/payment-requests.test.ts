import { afterAll, beforeAll, expect, it } from '#jest';
import { findOwedSince, listOwedRequests, markNudged } from '../../src/db/payment-requests.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic, openPayment } from '../e2e/support/clinic.ts';

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());

/** Far ahead, so that no sweeper takes it up meanwhile. */
const HOURS_AHEAD = 3_600 * 24;

it('a newer wish to ask the payer stays owed when the workflow has been told of an older one', async () => {
  const clinic = await openClinic();
  const at = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const customer = { email: 'dana@example.com' };
  const { id } = await openPayment(clinic, { customer, request: { channel: 'email', at } });
  const owe = (hours: number) =>
    books.query(
      'UPDATE payment_requests SET owed_since = now() + make_interval(hours => $2) WHERE payment_id = $1',
      [id, hours],
    );
  await owe(1);
  const older = (await listOwedRequests(books.sql, -HOURS_AHEAD, 100)).find(
    ({ paymentId }) => paymentId === id,
  );
  await owe(2);
  await markNudged(books.sql, id, older?.owedSince ?? '');
  const newer = await findOwedSince(books.sql, id);
  expect(newer).not.toBeNull();
  await markNudged(books.sql, id, newer ?? '');
  expect(await findOwedSince(books.sql, id)).toBeNull();
});
