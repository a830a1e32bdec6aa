import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { oldestUnknownSeconds } from '../../src/db/unknown-outcomes.ts';
import { readEnvironment } from '../support/environment.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic, openPayment } from '../e2e/support/clinic.ts';

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
});
