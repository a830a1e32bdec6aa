import { isId } from '../../../domain/ids.ts';
import { isProviderError } from '../../../domain/provider-error.ts';
import type { PageHandle, PaymentFinding, PaymentQuery, TransactionHandle } from '../payment-provider.ts';
import type { Client } from './client.ts';
import { toImpliedRefunds } from './implied-refunds.ts';
import { lacksDetails, toTransactions } from './map.ts';
import type { WireProcess, WireTransaction } from './wire.ts';

/**
 * Asks for every page, then by its own id for each transaction that is still unknown or incomplete. One failure fails
 * the whole look-up. But a complete answer that cannot be read does not hide the others.
 */
export async function findPayment(
  client: Client,
  { paymentId, pages, transactions }: PaymentQuery,
  now: Date,
): Promise<PaymentFinding> {
  const ofPages = await readPages(client, pages);
  const rows = new Map(ofPages.flatMap((page) => page.rows).map((row) => [row.transactionId, row]));
  const infos = await Promise.all(toAsk(rows, transactions).map((one) => askFor(client, one)));
  for (const info of infos.flatMap((one) => one.rows)) rows.set(info.transactionId, info);
  const own = [...rows.values()].filter((row) => !isOfAnother(paymentId, row));
  const strange = [...ofPages, ...infos]
    .flatMap((one) => one.unreadable)
    .filter(({ rowId }) => !rows.has(rowId));
  const { transactions: told, unreadable } = toTransactions(own, now, strange);
  return {
    transactions: [...told, ...toImpliedRefunds(told, transactions)],
    disputes: [],
    unreadable,
    deadPageIds: pages.filter((_, index) => ofPages[index]?.isExpired).map(({ pageId }) => pageId),
  };
}

/** The result of one question. `error`: why its answer could not be read. */
interface Read extends WireProcess {
  readonly isExpired?: boolean;
  readonly error?: unknown;
}

/** @throws if no page can be read: there is nothing to record, and the caller asks again later */
async function readPages(client: Client, pages: readonly PageHandle[]): Promise<readonly Read[]> {
  const read = await Promise.all(pages.map((page) => orUnreadable(page.pageId, () => rowsOf(client, page))));
  const [failed] = read;
  if (failed !== undefined && read.every(({ error }) => error !== undefined)) throw failed.error;
  return read;
}

/**
 * The readable rows, or one unreadable row instead.
 * @throws ProviderError if the answer was incomplete, refused or missing
 */
async function orUnreadable(rowId: string, read: () => Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    if (!isProviderError(error) || error.code !== 'bad_answer' || !error.isWhole) throw error;
    return { rows: [], unreadable: [{ rowId, problem: 'its own answer cannot be read' }], error };
  }
}

/** The rows of a page. None if its token is lost: Grow answers nothing without it. */
export async function rowsOf(
  client: Client,
  { pageId, secret }: PageHandle,
): ReturnType<Client['processInfo']> {
  return secret === null
    ? { rows: [], unreadable: [], isExpired: false }
    : client.processInfo(pageId, secret);
}

interface Ask {
  readonly transactionId: string;
  readonly token: string;
  readonly row: WireTransaction | null;
}

function toAsk(rows: ReadonlyMap<string, WireTransaction>, known: readonly TransactionHandle[]): Ask[] {
  const unseen = known.filter(({ transactionId }) => !rows.has(transactionId));
  const unclear = [...rows.values()].filter(lacksDetails);
  return [
    ...unseen.map(({ transactionId, secret }) => ({ transactionId, token: secret, row: null })),
    ...unclear.map((row) => ({ transactionId: row.transactionId, token: row.transactionToken, row })),
  ].flatMap(({ token, ...ask }) => (token === null ? [] : [{ ...ask, token }]));
}

/** The fields of the transaction itself, plus those that only its row has. */
function askFor(client: Client, { transactionId, token, row }: Ask): Promise<WireProcess> {
  return orUnreadable(transactionId, async () => {
    const info = await client.transactionInfo(transactionId, token);
    if (info === null || info.row.transactionId !== transactionId) return { rows: [], unreadable: [] };
    const told = Object.entries(info.row).filter(([, value]) => value !== null);
    return { rows: [{ ...info.row, ...row, ...Object.fromEntries(told) }], unreadable: [] };
  });
}

/** A page or transaction that we have on this payment may still belong to another one: its reference decides. */
function isOfAnother(paymentId: string, { reference }: WireTransaction): boolean {
  return reference !== null && reference !== paymentId && isId('payment', reference);
}
