import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { ActivityContext } from '../../src/activities/context.ts';
import { createGiveUpPush } from '../../src/activities/invoices/give-up-push.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import {
  openClinic,
  openPayment,
  readPayment,
  theDocumentOf,
  untilPushed,
  untilStatus,
} from '../e2e/support/clinic.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';
import { readEnvironment } from '../support/environment.ts';

let pool: Pool;
let books: Books;
beforeAll(() => {
  pool = createPool({ connectionString: readEnvironment().databaseUrl, onError: () => undefined });
  books = openBooks();
});
afterAll(() => Promise.all([pool.end(), books.close()]));

describe('a push that is given up', () => {
  it('although the document is at the service by now did not fail: nobody is told or asked', async () => {
    const clinic = await openClinic({ pushes: true });
    const { id } = await openPayment(clinic);
    await payAtVendor(id);
    const documentId = theDocumentOf(await untilStatus(clinic, id, 'completed'));
    await untilPushed(clinic, documentId);
    const context = { pool } as unknown as ActivityContext;
    const order = { workspaceId: clinic.id, documentId, reason: 'timeout' };
    expect(await createGiveUpPush(context)(order)).toBeNull();
    expect(await readPayment(clinic, id)).toMatchObject({ review: null });
    expect(await books.eventsOf(id)).not.toContain('invoice.failed');
  });
});
