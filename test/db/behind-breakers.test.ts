import { asyncLocalStorage } from '@temporalio/activity';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { ActivityContext } from '../../src/activities/context.ts';
import { createPushDocument } from '../../src/activities/invoices/push-document.ts';
import { createClosePage } from '../../src/activities/payments/close-page.ts';
import { createCreatePage } from '../../src/activities/payments/create-page.ts';
import { createVerifyPayment } from '../../src/activities/payments/verify-payment.ts';
import { createSendRefund } from '../../src/activities/refunds/send-refund.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { ProviderError } from '../../src/domain/provider-error.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic, theDocumentOf, untilPushed } from '../e2e/support/clinic.ts';
import type { Clinic, PaymentBody } from '../e2e/support/clinic.ts';
import { paid } from '../e2e/support/paid-payments.ts';
import { refund, untilRefund } from '../e2e/support/refunds.ts';
import { readEnvironment } from '../support/environment.ts';

let pool: Pool;
let books: Books;
let clinic: Clinic;
let payment: PaymentBody;
let refundId: string;
beforeAll(async () => {
  books = openBooks();
  pool = createPool({
    connectionString: readEnvironment().databaseUrl,
    onError: (error) => {
      throw error;
    },
  });
  clinic = await openClinic({ pushes: true });
  payment = await paid(clinic);
  await untilPushed(clinic, theDocumentOf(payment));
  refundId = (await refund(clinic, payment.id, { amount: 100 })).json.id;
  await untilRefund(clinic, payment.id, refundId, { status: 'completed' });
});
afterAll(() => Promise.all([pool.end(), books.close()]));

/** A second try behind an open breaker: the error that it ends with, and the tables that it read. */
async function tryAgain(work: (context: ActivityContext) => Promise<unknown>) {
  const read: string[] = [];
  const counting = {
    connect: () => connect(read),
    query: (text: string, values: unknown[]) => pool.query(text, values),
  } as unknown as Pool;
  const mayCall = () =>
    Promise.reject(new ProviderError('circuit_open', 'held back', { retryAfterMs: 5_000 }));
  const context = { pool: counting, adapters: { mayCall } } as unknown as ActivityContext;
  const info = { attempt: 2, scheduledTimestampMs: Date.now() };
  const failure: unknown = await asyncLocalStorage
    .run({ info } as never, () => work(context))
    .then(
      () => null,
      (error: unknown) => error,
    );
  return { failure, read };
}

async function connect(read: string[]) {
  const client = await pool.connect();
  const query = (text: string | { text: string }, values?: unknown[]) => {
    const sql = typeof text === 'string' ? text : text.text;
    if (/SELECT|INSERT|UPDATE/.test(sql)) read.push(sql);
    return client.query(text as string, values);
  };
  return { query, release: (error?: Error) => client.release(error) };
}

describe('what waits behind an open breaker', () => {
  it.each([
    [
      'a read-back',
      (context: ActivityContext) => createVerifyPayment(context)({ ...ids(), eventIds: [], isAsked: true }),
    ],
    ['a page', (context: ActivityContext) => createCreatePage(context)(ids())],
    ['the closing of a page', (context: ActivityContext) => createClosePage(context)(ids())],
    [
      'a refund',
      (context: ActivityContext) => createSendRefund(context)({ workspaceId: clinic.id, refundId }),
    ],
    [
      'a push',
      (context: ActivityContext) =>
        createPushDocument(context)({ workspaceId: clinic.id, documentId: theDocumentOf(payment) }),
    ],
  ])('%s asks it before it reads anything but whose breaker it is', async (_, work) => {
    const { failure, read } = await tryAgain(work);
    expect(failure).toMatchObject({ type: 'circuit_open' });
    expect(read.filter((sql) => sql.includes('FROM provider_accounts a JOIN workspaces w'))).toHaveLength(1);
    expect(
      read.filter((sql) => /FROM (tax_documents|provider_transactions|provider_pages)/.test(sql)),
    ).toEqual([]);
  });
});

const ids = () => ({ workspaceId: clinic.id, paymentId: payment.id });
