import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { ReconcileJob } from '../../src/db/reconciliation.ts';
import { reconcilePayments } from '../../src/worker/reconciliation/reconcile-payments.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { transaction, openVendorWord, paidCharge } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

type Deps = Parameters<typeof reconcilePayments>[0];

let word: VendorWord;
let books: Books;
const UNTIL = '2026-11-30T01:10:00.000Z';

/** Three payments of one batch. */
let ids: string[];
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
  ids = [];
  for (let n = 0; n < 3; n += 1) ids.push((await paidCharge(word.clinic, books)).payment.id);
});
afterAll(() => Promise.all([word.close(), books.close()]));

/** Compares the three with a vendor that fails on some of them. */
async function compare(bad: readonly string[]) {
  const asked: string[] = [];
  const again: ReconcileJob[] = [];
  const provider = {
    findPayment: ({ paymentId }: { paymentId: string }) => {
      asked.push(paymentId);
      if (bad.includes(paymentId)) return Promise.reject(new Error('it cannot be read'));
      return Promise.resolve({ transactions: [transaction(paymentId)], disputes: [], unreadable: [] });
    },
  };
  const deps = {
    ...word.context,
    adapters: { payment: () => provider },
    logger: { warn: () => undefined, error: () => undefined },
    metrics: { reconciliation: { inc: () => undefined } },
    queue: { enqueue: (_name: string, job: ReconcileJob) => Promise.resolve(void again.push(job)) },
    temporal: { checkPayment: () => Promise.resolve({ state: 'done' }) },
  } as unknown as Deps;
  const payments = ids.map((id) => ({ id, listed: [], unlisted: [] }));
  const [account] = await books.query<{ id: string }>(
    `UPDATE provider_accounts SET compared_until = NULL FROM payments p
     WHERE provider_accounts.id = p.account_id AND p.id = $1 RETURNING provider_accounts.id`,
    [ids[0]],
  );
  const accountId = account?.id ?? '';
  const compared = { accountId, until: UNTIL };
  const batch = { workspaceId: word.clinic.id, payments, compared };
  const failure = await reconcilePayments(deps, batch).catch((error: unknown) => error);
  const [after] = await books.query<{ until: Date | null }>(
    'SELECT compared_until AS until FROM provider_accounts WHERE id = $1',
    [accountId],
  );
  return { asked, again, failure, comparedUntil: after?.until?.toISOString() ?? null };
}

describe('a batch of payments that are compared', () => {
  it('goes on after a bad one, which becomes a job of its own', async () => {
    const [first = ''] = ids;
    const { asked, again, failure, comparedUntil } = await compare([first]);
    expect(asked).toEqual(ids);
    expect(again).toMatchObject([{ kind: 'payments', payments: [{ id: first }] }]);
    expect(failure).toBeUndefined();
    expect(comparedUntil).toBe(UNTIL);
  });

  it('fails, and comes again as it is, where none could be compared', async () => {
    const { asked, again, failure, comparedUntil } = await compare(ids);
    expect(asked).toEqual(ids);
    expect(again).toEqual([]);
    expect(failure).toBeInstanceOf(Error);
    expect(comparedUntil).toBeNull();
  });
});
