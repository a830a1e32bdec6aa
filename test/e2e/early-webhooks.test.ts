import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { eventually, openClinic, openPayment, untilReview } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { disputeAtVendor, payAtVendor } from './support/vendors.ts';

let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ provider: 'stripe' });
});
afterAll(() => books.close());

describe('a webhook about a charge that is not in the books yet', () => {
  it('is kept, and is acted on once the charge comes', async () => {
    const { id } = await openPayment(clinic);
    await payAtVendor(id, { webhook: 'never' });
    await disputeAtVendor(id);
    const early = await eventually('the quarantined webhook', async () => {
      const rows = await books.query<{ id: string }>(
        `SELECT id FROM provider_events WHERE workspace_id = $1 AND verdict = 'quarantined'`,
        [clinic.id],
      );
      return rows.length > 0 ? rows : null;
    });
    await payAtVendor(id);
    await untilReview(clinic, id, 'duplicate_payment').catch(() => undefined);
    await eventually('the early webhooks handled', async () => {
      const rows = await books.query<{ paymentId: string | null; handled: boolean }>(
        `SELECT payment_id AS "paymentId", handled_at IS NOT NULL AS handled FROM provider_events WHERE id = ANY($1)`,
        [early.map((row) => row.id)],
      );
      return rows.every(({ paymentId, handled }) => paymentId === id && handled) ? true : null;
    });
    const disputes = await books.query('SELECT status FROM disputes WHERE payment_id = $1', [id]);
    expect(disputes).toMatchObject([{ status: 'open' }]);
  });
});
