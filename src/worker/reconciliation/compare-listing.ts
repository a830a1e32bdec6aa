import type { ActivityContext } from '../../activities/context.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { listTransactions, listPaymentsOf, listSucceededBetween } from '../../db/reconciliation.ts';
import type { BookedTransaction, ListedTransaction, SuspectPayment } from '../../db/reconciliation.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ProviderTransaction } from '../../providers/payments/payment-provider.ts';
import { differs } from './compare-transactions.ts';

/** How many rows of a list are looked up at once. */
const CHUNK = 500;

/** The result of comparing a list. `foreign`: transactions of the account that are not ours. */
export interface Suspicions {
  readonly payments: readonly SuspectPayment[];
  readonly foreign: number;
}

/** Compares the list of a vendor with our books of that time. Payments with any difference are to be asked about. */
export async function compareListing(
  { pool }: Pick<ActivityContext, 'pool'>,
  account: Pick<AccountRow, 'id' | 'workspaceId'>,
  listing: AsyncIterable<ProviderTransaction>,
  range: { readonly from: Date; readonly until: Date },
): Promise<Suspicions> {
  const suspects = new Map<string, { listed: ListedTransaction[]; unlisted: string[] }>();
  const suspect = (paymentId: string) => {
    const known = suspects.get(paymentId) ?? { listed: [], unlisted: [] };
    suspects.set(paymentId, known);
    return known;
  };
  const shown = new Set<string>();
  let foreign = 0;
  for await (const chunk of inChunks(listing)) {
    const books = await readBooks(pool, account, chunk);
    for (const told of chunk) {
      shown.add(told.transactionId);
      const whose = books.whose(told);
      if (whose === null) foreign += 1;
      else if (whose.isOdd) suspect(whose.paymentId).listed.push(toListed(told));
    }
  }
  const ours = await inWorkspace(pool, account.workspaceId, (tx) =>
    listSucceededBetween(tx, account.id, range.from, range.until),
  );
  for (const { transactionId, paymentId } of ours)
    if (!shown.has(transactionId)) suspect(paymentId).unlisted.push(transactionId);
  return { payments: [...suspects].map(([id, about]) => ({ id, ...about })), foreign };
}

interface Whose {
  readonly paymentId: string;
  readonly isOdd: boolean;
}

/** The rows of our books for a chunk. Null: not ours. */
async function readBooks(
  pool: ActivityContext['pool'],
  account: Pick<AccountRow, 'id' | 'workspaceId'>,
  chunk: readonly ProviderTransaction[],
): Promise<{ whose(told: ProviderTransaction): Whose | null }> {
  const transactionIds = chunk.flatMap(({ transactionId, refundOf }) =>
    [transactionId, refundOf ?? []].flat(),
  );
  const references = chunk.flatMap(({ reference }) => reference ?? []);
  const { booked, payments } = await inWorkspace(pool, account.workspaceId, async (tx) => ({
    booked: await listTransactions(tx, account.id, { transactionIds, paymentId: null }),
    payments: await listPaymentsOf(tx, account.id, references),
  }));
  const rows = new Map<string, BookedTransaction>(booked.map((row) => [row.transactionId, row]));
  return {
    whose: (told) => {
      const row = rows.get(told.transactionId);
      if (row !== undefined) return { paymentId: row.paymentId, isOdd: differs(told, row) };
      const named = told.reference !== null && payments.has(told.reference) ? told.reference : null;
      const paymentId = rows.get(told.refundOf ?? '')?.paymentId ?? named;
      return paymentId === null ? null : { paymentId, isOdd: told.status === 'succeeded' };
    },
  };
}

function toListed({ transactionId, kind, status, amount, currency }: ProviderTransaction): ListedTransaction {
  return { transactionId, kind, status, amount, currency };
}

async function* inChunks<T>(list: AsyncIterable<T>): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const one of list) {
    chunk.push(one);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
