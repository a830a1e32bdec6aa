import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { control } from '../api/rig.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  eventually,
  listDocuments,
  openClinic,
  openPayment,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { listRefunds } from './support/refunds.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { checkoutsOf, payAtVendor } from './support/vendors.ts';

/** So long the vendor does not show what it has told of. */
const LAG = { readBackDelayMs: 6_000 };

let books: Books;
let temporal: Temporal;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
});
afterAll(() => Promise.all([books.close(), temporal.close()]));

/** A paid payment whose workflow has ended and whose webhooks are handled. */
async function paid(clinic: Clinic): Promise<PaymentBody> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  const payment = await untilStatus(clinic, id, 'completed');
  await temporal.untilEnded(payment);
  await untilHandled(id);
  return payment;
}

const untilHandled = (id: string) =>
  eventually(`every webhook of ${id} acted on`, async () =>
    (await books.inboxOf(id)).every(({ handledAs }) => handledAs !== null) ? true : null,
  );

/** What happens at the vendor behind our back; waits until the webhook that tells of it is stored and open. */
async function happens(id: string, what: 'refund' | 'dispute', order: object): Promise<void> {
  const [page] = await checkoutsOf(id);
  const answer = await control('POST', `checkouts/${page?.id}/${what}`, { ...order, ...LAG });
  expect(answer.status).toBe(200);
  await eventually(`the news of the ${what}`, async () =>
    (await books.inboxOf(id)).some(({ handledAs }) => handledAs === null) ? true : null,
  );
}

describe('news of a settled payment that its provider does not show yet', () => {
  it.each(['payplus', 'stripe'] as const)(
    'of a refund in the dashboard of %s are asked about until it is there, and credited once',
    async (provider) => {
      const clinic = await openClinic({ provider });
      const { id } = await paid(clinic);
      await happens(id, 'refund', { amount: 5_000 });

      await untilStatus(clinic, id, 'partially_refunded');
      await untilHandled(id);
      expect(await listRefunds(clinic, id)).toMatchObject([{ amount: 5_000, status: 'completed' }]);
      const credits = (await listDocuments(clinic)).filter(({ refundId }) => refundId !== null);
      expect(credits).toMatchObject([{ total: 5_000 }]);
    },
  );

  it('of a dispute are asked about until it is there', async () => {
    const clinic = await openClinic({ provider: 'stripe' });
    const { id } = await paid(clinic);
    await happens(id, 'dispute', {});

    expect(await untilReview(clinic, id, 'provider_dispute')).toMatchObject({ status: 'disputed' });
    await untilHandled(id);
  });
});
