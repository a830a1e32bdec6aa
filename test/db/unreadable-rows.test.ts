import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { ActivityContext } from '../../src/activities/context.ts';
import { askProvider } from '../../src/activities/books/ask-provider.ts';
import { judgeFinding } from '../../src/activities/books/judge-finding.ts';
import { loadPayment } from '../../src/activities/books/load-payment.ts';
import { ProviderError } from '../../src/domain/provider-error.ts';
import type { ProviderErrorCode } from '../../src/domain/provider-error.ts';
import type { ProviderTransaction } from '../../src/providers/payments/payment-provider.ts';
import { reconcileAccount } from '../../src/worker/reconciliation/reconcile-account.ts';
import { reconcilePayments } from '../../src/worker/reconciliation/reconcile-payments.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { call, openPayment, readPayment, untilStatus } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';
import { transaction, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

const ODD = { rowId: 'odd-row', problem: 'its type cannot be read' };

let word: VendorWord;
let clinic: Clinic;
let books: Books;
beforeAll(async () => {
  word = await openVendorWord();
  clinic = word.clinic;
  books = openBooks();
});
afterAll(() => Promise.all([word.close(), books.close()]));

/** The payment is read back with this outcome. */
const readBack = (paymentId: string, unreadable: (typeof ODD)[]) => word.tell(paymentId, { unreadable });

async function failReadBack(paymentId: string, code: ProviderErrorCode) {
  const loaded = await loadPayment(word.pool, { workspaceId: clinic.id, paymentId });
  const findPayment = () => Promise.reject(new ProviderError(code, 'no answer'));
  const adapters = { payment: () => ({ findPayment }) };
  const context = { ...word.context, adapters } as unknown as ActivityContext;
  await expect(askProvider(context, loaded)).rejects.toMatchObject({ code });
}

/** The nightly comparison reads the payment back and finds this. */
async function compare(paymentId: string, transactions: readonly ProviderTransaction[]) {
  const findPayment = () => Promise.resolve({ transactions, disputes: [], unreadable: [] });
  const deps = {
    ...word.context,
    adapters: { payment: () => ({ findPayment }) },
    metrics: { reconciliation: { inc: () => undefined } },
    temporal: { checkPayment: () => Promise.reject(new Error('nothing has to be checked')) },
  } as unknown as Parameters<typeof reconcilePayments>[0];
  const payments = [{ id: paymentId, listed: [], unlisted: [] }];
  await reconcilePayments(deps, { workspaceId: clinic.id, payments });
}

/** The payments that the comparison asks about when the vendor lists none. */
async function listSuspects(accountId: string): Promise<string[]> {
  const ids: string[] = [];
  const enqueue = (_name: string, job: { payments: { id: string }[] }) =>
    Promise.resolve(void ids.push(...job.payments.map(({ id }) => id)));
  const listPayments = async function* () {};
  const deps = {
    ...word.context,
    adapters: { payment: () => ({ listPayments }) },
    metrics: { reconciliation: { inc: () => undefined } },
    logger: { info: () => undefined },
    queue: { enqueue },
  } as unknown as Parameters<typeof reconcileAccount>[0];
  await reconcileAccount(deps, { workspaceId: clinic.id, accountId });
  return ids;
}

const age = (paymentId: string, minutes: number) =>
  word.pool.query(
    'UPDATE unreadable_rows SET found_at = found_at - make_interval(mins => $2) WHERE payment_id = $1',
    [paymentId, minutes],
  );

const resolve = (paymentId: string) =>
  call('POST', `/v1/payments/${paymentId}/resolve`, {
    key: clinic.key,
    body: { action: 'dismiss', reason: 'looked at the dashboard' },
  });

describe('a row that cannot be read', () => {
  it('is shown to a person once, and money that comes beside it is settled all the same', async () => {
    const { id } = await openPayment(clinic);
    await readBack(id, [ODD]);
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'pending', review: 'reconciliation' });
    await readBack(id, [ODD, { ...ODD, rowId: 'another' }]);
    await payAtVendor(id);
    await untilStatus(clinic, id, 'completed');
  });

  it('leaves no review behind once it can be read', async () => {
    const { id } = await openPayment(clinic);
    await readBack(id, [ODD]);
    await readBack(id, []);
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'pending', review: null });
  });

  it('is not forgotten by an answer to a question that was put before it was found', async () => {
    const { id } = await openPayment(clinic);
    const earlier = await loadPayment(word.pool, { workspaceId: clinic.id, paymentId: id });
    await readBack(id, [ODD]);
    await judgeFinding(word.context, earlier, { transactions: [], disputes: [], unreadable: [] });
    expect(await readPayment(clinic, id)).toMatchObject({ review: 'reconciliation' });
    await readBack(id, []);
    expect(await readPayment(clinic, id)).toMatchObject({ review: null });
  });

  it('that a person has seen is not shown again', async () => {
    const { id } = await openPayment(clinic);
    await payAtVendor(id);
    await untilStatus(clinic, id, 'completed');
    await readBack(id, [ODD]);
    expect(await readPayment(clinic, id)).toMatchObject({ review: 'reconciliation' });
    expect((await resolve(id)).status).toBe(200);
    await readBack(id, [ODD]);
    expect(await readPayment(clinic, id)).toMatchObject({ review: null });
    await readBack(id, [ODD, { ...ODD, rowId: 'news' }]);
    expect(await readPayment(clinic, id)).toMatchObject({ review: 'reconciliation' });
  });
});

describe('a read-back that fails', () => {
  it('asks a person after 15 minutes, and nobody any more once it succeeds', async () => {
    const { id } = await openPayment(clinic);
    await failReadBack(id, 'bad_answer');
    await age(id, 14);
    await failReadBack(id, 'bad_answer');
    expect(await readPayment(clinic, id)).toMatchObject({ review: null });
    await age(id, 2);
    await failReadBack(id, 'bad_answer');
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'pending', review: 'reconciliation' });
    await readBack(id, []);
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'pending', review: null });
  });

  it('asks nobody any more once the nightly comparison reads the settled payment, and finds nothing new', async () => {
    const { payment, chargeId } = await paidCharge(clinic, books);
    await failReadBack(payment.id, 'bad_answer');
    await age(payment.id, 16);
    await failReadBack(payment.id, 'bad_answer');
    expect(await readPayment(clinic, payment.id)).toMatchObject({ review: 'reconciliation' });
    await compare(payment.id, [transaction(payment.id, { transactionId: chargeId, amount: payment.amount })]);
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'completed', review: null });
  });

  it('has the comparison ask again, also at a vendor whose list shows nothing odd', async () => {
    const { id } = await openPayment(clinic);
    const [account] = await books.query<{ id: string }>(
      'SELECT account_id AS id FROM payments WHERE id = $1',
      [id],
    );
    const asked = () => listSuspects(account?.id ?? '');
    expect(await asked()).not.toContain(id);
    await failReadBack(id, 'bad_answer');
    expect(await asked()).toContain(id);
  });

  it('for a reason that is not this payment’s asks nobody about it', async () => {
    const { id } = await openPayment(clinic);
    for (const code of ['circuit_open', 'rate_limited', 'credentials_invalid', 'unreachable'] as const) {
      await failReadBack(id, code);
      await age(id, 60);
      await failReadBack(id, code);
    }
    expect(await readPayment(clinic, id)).toMatchObject({ review: null });
  });
});
