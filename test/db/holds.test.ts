import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { extendPushLease, leasePush } from '../../src/db/invoice-pushes.ts';
import { holdOriginal, markOriginalLeft, releaseOriginal } from '../../src/db/tax-documents.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic, openPayment, theDocumentOf, untilPushed, untilStatus } from '../e2e/support/clinic.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());

async function issued(pushes: boolean): Promise<string> {
  const clinic = await openClinic({ pushes });
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  const documentId = theDocumentOf(await untilStatus(clinic, id, 'completed'));
  if (pushes) await untilPushed(clinic, documentId);
  return documentId;
}

describe('an original', () => {
  it('is held by one of many at once, may be let go, and is out for good once it has left', async () => {
    const id = await issued(false);
    const held = await Promise.all(Array.from({ length: 20 }, () => holdOriginal(books.sql, id)));
    expect(held.filter(Boolean)).toHaveLength(1);
    await releaseOriginal(books.sql, id);
    expect(await holdOriginal(books.sql, id)).toBe(true);
    await markOriginalLeft(books.sql, id);
    await releaseOriginal(books.sql, id);
    expect(await holdOriginal(books.sql, id)).toBe(false);
  });
});

describe('a push', () => {
  it('is held by one of many tries at once, and free again when the hold has run out', async () => {
    const id = await issued(true);
    await books.sql.query(
      `UPDATE invoice_pushes SET status = 'pending', external_id = NULL, lease_until = NULL WHERE document_id = $1`,
      [id],
    );
    const taken = await Promise.all(Array.from({ length: 20 }, () => leasePush(books.sql, id)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    await extendPushLease(books.sql, id, 0);
    expect(await leasePush(books.sql, id)).toBe(true);
  });
});
