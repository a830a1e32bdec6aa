import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { oldestUnknownSeconds } from '../../src/db/unknown-outcomes.ts';
import { readEnvironment } from '../support/environment.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic, openPayment } from '../e2e/support/clinic.ts';
import { paid } from '../e2e/support/paid-payments.ts';
import { refund, untilRefund } from '../e2e/support/refunds.ts';

const HOUR = 3_600;
/** Older than anything that another test may have left unknown. */
const LONG = 48 * HOUR;

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());

async function metric(): Promise<number> {
  const texts = await Promise.all(readEnvironment().metricsUrl.map(async (url) => (await fetch(url)).text()));
  return Number(/^tashlum_oldest_unknown_seconds (.+)$/m.exec(texts.join('\n'))?.[1]);
}

describe('the age of the oldest unknown', () => {
  it('is told by the metrics, and forgotten when the outcome is known', async () => {
    const { id } = await openPayment(await openClinic());
    const set = (outcome: string) =>
      books.query(
        `UPDATE payments SET outcome = $2, created_at = now() - make_interval(secs => $3) WHERE id = $1`,
        [id, outcome, LONG],
      );
    await set('unknown');
    expect(await oldestUnknownSeconds(books.sql)).toBeGreaterThanOrEqual(LONG);
    expect(await metric()).toBeGreaterThanOrEqual(LONG);
    await set('known');
    expect(await metric()).toBeLessThan(LONG);
  });

  it('is not that of a refund that has ended, as an earlier version may have left it', async () => {
    const clinic = await openClinic();
    const { id } = await paid(clinic);
    const { json } = await refund(clinic, id, { amount: 100 });
    await untilRefund(clinic, id, json.id, { status: 'completed' });
    await books.query(
      `UPDATE refunds SET outcome = 'unknown', sent_at = now() - make_interval(secs => $2) WHERE id = $1`,
      [json.id, LONG],
    );
    expect(await oldestUnknownSeconds(books.sql)).toBeLessThan(LONG);
  });
});
