import { beforeAll, afterAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  admin,
  call,
  check,
  openClinic,
  openPayment,
  readPayment,
  theDocumentOf,
  untilPushed,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { refund, untilRefund } from './support/refunds.ts';
import { allCalls, payAtVendor, vendorDocumentsOf } from './support/vendors.ts';

let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
  await useAccount(`patur-${clinic.id}`);
});
afterAll(() => books.close());

/** Such a business as `patur-…` may not issue what ours issues: the service refuses each document for good. */
async function useAccount(apiKeyId: string): Promise<void> {
  const credentials = { apiKeyId, apiKeySecret: 'secret' };
  const slot = { service: 'green-invoice', credentials };
  const answer = await admin('PUT', `/v1/workspaces/${clinic.id}/invoice-service`, slot);
  if (answer.status !== 200) throw new Error(answer.bytes.toString());
}

async function refused(): Promise<PaymentBody> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  await untilStatus(clinic, id, 'completed');
  return untilReview(clinic, id, 'push_failed');
}

const resolve = (id: string, action: string) =>
  call<PaymentBody>('POST', `/v1/payments/${id}/resolve`, {
    key: clinic.key,
    body: { action, reason: 'made by hand' },
  });

const triesOf = async (paymentId: string): Promise<number> =>
  (await allCalls()).filter(
    ({ operation, reference }) => operation === 'create_document' && reference === paymentId,
  ).length;

describe('a push that failed for good', () => {
  it.each(['accept', 'dismiss'])(
    'and that a person let be (%s) is not pushed by a later check',
    async (action) => {
      const { id } = await refused();
      expect(await resolve(id, action)).toMatchObject({ status: 200, json: { review: null } });
      const before = await triesOf(id);
      expect(await check(clinic, id)).toMatchObject({ status: 'completed', review: null });
      await payAtVendor(id);
      await untilReview(clinic, id, 'duplicate_payment');
      expect(await triesOf(id)).toBe(before);
      expect(await vendorDocumentsOf(id)).toEqual([]);
      expect((await books.eventsOf(id)).filter((type) => type === 'invoice.failed')).toHaveLength(1);
    },
  );

  it('is not pushed by a check either while nobody has decided', async () => {
    const { id } = await refused();
    const before = await triesOf(id);
    await check(clinic, id);
    expect(await triesOf(id)).toBe(before);
    expect(await readPayment(clinic, id)).toMatchObject({ review: 'push_failed' });
  });

  it('is owed again by the call to push alone', async () => {
    const held = await refused();
    await resolve(held.id, 'accept');
    await books.query(`UPDATE invoice_pushes SET account_id = $2 WHERE document_id = $1`, [
      theDocumentOf(held),
      await otherAccount(),
    ]);
    const documentId = theDocumentOf(held);
    const answer = await call('POST', `/v1/documents/${documentId}/push`, { key: clinic.key, body: {} });
    expect(answer.status).toBe(202);
    await untilPushed(clinic, documentId);
    expect(await readPayment(clinic, held.id)).toMatchObject({ review: null });
  });

  it('and whose repeat was stored but never started, as by a crash, is started by the sweeper', async () => {
    const held = await refused();
    await books.query(
      `UPDATE invoice_pushes SET account_id = $2, status = 'pending' WHERE document_id = $1`,
      [theDocumentOf(held), await otherAccount()],
    );
    await untilPushed(clinic, theDocumentOf(held));
    expect(await readPayment(clinic, held.id)).toMatchObject({ review: null });
    expect(await vendorDocumentsOf(held.id)).toHaveLength(1);
  });

  it('of one document of two keeps its review until the last is through', async () => {
    const held = await refused();
    const { json } = await refund(clinic, held.id, { amount: 1_000 });
    const { documentId } = await untilRefund(clinic, held.id, json.id, { status: 'completed' });
    // The credit was refused as well.
    await books.query(
      `UPDATE invoice_pushes SET status = 'failed', last_error = 'rejected' WHERE document_id = $1`,
      [documentId],
    );
    const account = await otherAccount();
    for (const [id, review] of [
      [theDocumentOf(held), 'push_failed'],
      [documentId, null],
    ] as const) {
      await books.query(`UPDATE invoice_pushes SET account_id = $2 WHERE document_id = $1`, [id, account]);
      await call('POST', `/v1/documents/${id}/push`, { key: clinic.key, body: {} });
      await untilPushed(clinic, id ?? '');
      expect(await readPayment(clinic, held.id)).toMatchObject({ review });
    }
  });
});

/** An account at the service that takes what the clinic issues. The one that refuses is in force again afterwards. */
async function otherAccount(): Promise<string> {
  await useAccount(`murshe-${clinic.id}`);
  const [row] = await books.query<{ id: string }>(
    `SELECT id FROM provider_accounts WHERE workspace_id = $1 AND family = 'invoice' AND is_active`,
    [clinic.id],
  );
  await useAccount(`patur-${clinic.id}`);
  return row?.id ?? '';
}
