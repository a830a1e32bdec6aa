import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { check, eventually, openClinic, openPayment, readPayment, readTimeline } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';

const FOR_EVER_MS = 86_400_000;

let books: Books;
let clinic: Clinic;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
});
afterAll(() => books.close());

describe('a charge that its provider signed and never shows', () => {
  /** It was signed so long ago, and its provider is asked once more. */
  async function asked(days: number) {
    const { id } = await openPayment(clinic);
    await payAtVendor(id, { readBackDelayMs: FOR_EVER_MS });
    await eventually(`the unknown outcome of ${id}`, async () =>
      (await readPayment(clinic, id)).outcome === 'unknown' ? true : null,
    );
    await books.query(
      `UPDATE provider_events SET received_at = now() - make_interval(days => $2) WHERE payment_id = $1`,
      [id, days],
    );
    const payment = await check(clinic, id);
    const [row] = await books.inboxOf(id);
    return { payment, row };
  }

  it('is waited for up to 90 days', async () => {
    const { payment, row } = await asked(89);
    expect(payment).toMatchObject({ status: 'pending', outcome: 'unknown', review: null });
    expect(row).toMatchObject({ handledAs: null });
  });

  it('is a person’s question after that, told once', async () => {
    const { payment, row } = await asked(91);
    expect(payment).toMatchObject({ status: 'pending', outcome: 'known', review: 'reconciliation' });
    expect(row).toMatchObject({ handledAs: 'unconfirmed' });
    const summaries = (await readTimeline(clinic, payment.id)).map(({ summary }) => summary);
    expect(summaries.filter((summary) => summary.includes('90 days ago and never showed it'))).toHaveLength(
      1,
    );
  });
});
