import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { check, eventually, openClinic, readPayment, untilReview } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { paid, resolve } from './support/paid-payments.ts';
import { listRefunds, refund, stopAsking, untilRefunds } from './support/refunds.ts';
import { refundOrdersOf } from './support/vendor-refunds.ts';
import { arm, clearFaults } from '../support/faults.ts';

let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic({ provider: 'grow' });
});
afterAll(async () => {
  await stopAsking(books, clinic);
  await books.close();
});

/** The whole of a payment is to go back while Grow has this fault, and nobody knows what became of the order. */
async function unknown(fault: Parameters<typeof arm>[1]): Promise<string> {
  const { id } = await paid(clinic);
  await arm(clinic.account, fault);
  refund(clinic, id).catch(() => undefined);
  await eventually('the unknown outcome', async () =>
    (await readPayment(clinic, id)).outcome === 'unknown' ? true : null,
  );
  return id;
}

/** Grow's answer to the order cannot be read; asked for the payment, Grow shows no refund. */
const unanswered = () => unknown({ operation: 'refund', fault: 'html' });

/** As if the order had been sent so long ago; when Grow is asked about it next. */
async function sentBefore(id: string, minutes: number): Promise<Date> {
  const [row] = await books.query<{ nextAt: Date }>(
    `UPDATE refunds SET sent_at = now() - make_interval(mins => $2) WHERE payment_id = $1
     RETURNING next_check_at AS "nextAt"`,
    [id, minutes],
  );
  return row?.nextAt ?? new Date();
}

/** Grow was asked about the refund again. */
const askedAfter = (id: string, nextAt: Date) =>
  eventually('another look-up', async () => {
    const [row] = await books.query<{ isLater: boolean }>(
      'SELECT next_check_at > $2 AS "isLater" FROM refunds WHERE payment_id = $1',
      [id, nextAt],
    );
    return row?.isLater === true ? true : null;
  });

describe('a refund of the whole that Grow does not show', () => {
  it('is nobody’s question for a quarter of an hour', async () => {
    const id = await unanswered();
    await askedAfter(id, await sentBefore(id, 14));
    expect(await readPayment(clinic, id)).toMatchObject({ outcome: 'unknown', review: null });
  });

  it('is a person’s question after 15 minutes where its order was answered by nothing, and is never sent again', async () => {
    const id = await unanswered();
    await sentBefore(id, 16);
    expect(await untilReview(clinic, id, 'unknown_outcome')).toMatchObject({ outcome: 'unknown' });
    expect(await refundOrdersOf(id)).toHaveLength(1);
    await resolve(clinic, id, { action: 'dismiss' });
    expect(await readPayment(clinic, id)).toMatchObject({ outcome: 'known', review: null });
    expect(await listRefunds(clinic, id)).toMatchObject([{ status: 'failed' }]);
  });

  it('is a person’s question after 15 minutes where Grow took its order too, and is settled once Grow shows it', async () => {
    const id = await unknown({ operation: 'find_payment', fault: 'html', times: 1_000 });
    await sentBefore(id, 16);
    await untilReview(clinic, id, 'unknown_outcome');
    await clearFaults(clinic.account);
    await check(clinic, id);
    await untilRefunds(clinic, id, 1);
    expect(await readPayment(clinic, id)).toMatchObject({
      status: 'refunded',
      outcome: 'known',
      review: null,
    });
    expect(await refundOrdersOf(id)).toHaveLength(1);
  });
});
