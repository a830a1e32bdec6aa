import { asyncLocalStorage } from '@temporalio/activity';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { ActivityContext } from '../../src/activities/context.ts';
import { createPushDocument } from '../../src/activities/invoices/push-document.ts';
import { createSettlePayment } from '../../src/activities/payments/settle-payment.ts';
import { createVerifyPayment } from '../../src/activities/payments/verify-payment.ts';
import { createHttp } from '../../src/http.ts';
import type { Http } from '../../src/http.ts';
import { createAdapters } from '../../src/providers/adapters.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic, openPayment, readDocument, readPayment, theDocumentOf } from '../e2e/support/clinic.ts';
import type { Clinic, ClinicWishes } from '../e2e/support/clinic.ts';
import { PAYER, PROVIDERS } from '../e2e/support/providers.ts';
import { openTemporal } from '../e2e/support/temporal.ts';
import type { Temporal } from '../e2e/support/temporal.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';
import { readEnvironment } from '../support/environment.ts';
import { openVendorWord } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
let books: Books;
let temporal: Temporal;
/** Over the vendors as they are, and as they speak oddly. */
let plain: ActivityContext;
let oddly: ActivityContext;
const http = createHttp();
beforeAll(async () => {
  [word, temporal] = await Promise.all([openVendorWord(), openTemporal()]);
  books = openBooks();
  const { secrets } = word.context;
  const { sandboxUrl } = readEnvironment();
  [plain, oddly] = [http, odd(http)].map((way) => ({
    ...word.context,
    adapters: createAdapters({ http: way, secrets, sandboxUrl }),
  })) as [ActivityContext, ActivityContext];
});
afterAll(() => Promise.all([word.close(), books.close(), temporal.close(), http.close()]));

/** Names of payers, brands of cards and numbers of documents, as each vendor spells them. */
const TOLD =
  /"(customer_name|card_holder_name|brand_name|fullName|cardBrand|name|brand|number|DocumentNumber)":\s*("(?:[^"\\]|\\.)*"|\d+)/g;

/** The vendor as it is, but for a NUL and half an emoji behind what it says of people. */
const odd = (vendor: Http): Http => ({
  async send(call) {
    const answer = await vendor.send(call);
    const oddly = (_: string, field: string, value: string) =>
      `"${field}":"${value.replace(/^"|"$/g, '')}\\u0000\\ud83d"`;
    return { ...answer, text: answer.text.replace(TOLD, oddly) };
  },
  close: () => vendor.close(),
});

/** As a worker runs an activity, for the first time. */
const run = <T>(work: () => Promise<T>): Promise<T> =>
  asyncLocalStorage.run({ info: { attempt: 1, scheduledTimestampMs: Date.now() } } as never, work);

/** A payment that was paid and that no workflow looks after: only this test reads it back and settles it. */
async function settled(
  context: ActivityContext,
  wishes: ClinicWishes,
): Promise<{ clinic: Clinic; paymentId: string }> {
  const clinic = await openClinic(wishes);
  const payment = await openPayment(clinic, { customer: PAYER });
  await temporal.ofPayment(payment).terminate('the test goes on by itself');
  await payAtVendor(payment.id, { webhook: 'never' });
  const ids = { workspaceId: clinic.id, paymentId: payment.id };
  const told = await run(() => createVerifyPayment(context)({ ...ids, eventIds: [], isAsked: true }));
  if (told.verdict !== 'paid' || told.transactionId === null) throw new Error(`it is ${told.verdict}`);
  await createSettlePayment(context)({ ...ids, transactionId: told.transactionId, eventIds: [] });
  return { clinic, paymentId: payment.id };
}

describe('what PostgreSQL cannot store in a vendor’s text', () => {
  it.each(PROVIDERS)('keeps no payment at %s from being settled', async (provider) => {
    const { clinic, paymentId } = await settled(oddly, { provider });
    const paid = await readPayment(clinic, paymentId);
    expect(paid).toMatchObject({ status: 'completed', review: null });
    const [row] = await books.query<{ payerName: string; brand: string }>(
      `SELECT payer_name AS "payerName", means->0->>'brand' AS brand FROM provider_transactions
       WHERE payment_id = $1`,
      [paymentId],
    );
    expect(Object.values(row ?? {}).filter((text) => /^[\p{L} ]{4,}$/u.test(text))).toHaveLength(2);
  });

  // A custom service that answers such a number is refused by its own adapter, with a sentence.
  it.each(['green-invoice', 'sumit'] as const)(
    'keeps no document at %s from being pushed',
    async (service) => {
      const { clinic, paymentId } = await settled(plain, { pushes: service });
      const documentId = theDocumentOf(await readPayment(clinic, paymentId));
      expect(await run(() => createPushDocument(oddly)({ workspaceId: clinic.id, documentId }))).toBeNull();
      const { external } = await readDocument(clinic, documentId);
      expect(external).toMatchObject({ service, number: expect.stringMatching(/^[\w-]+$/) });
    },
  );
});
