import { isId } from '../../../domain/ids.ts';
import { isProviderError } from '../../../domain/provider-error.ts';
import type { PaymentFinding, PaymentQuery, UnreadableRow } from '../payment-provider.ts';
import type { Client } from './client.ts';
import { isVoidId } from './link-refunds.ts';
import { toTransactions, uniteTransactions } from './map.ts';
import { findParts } from './parts.ts';
import { APPROVED, isKind } from './status.ts';
import type { WireIpn, WireRows, WireTransaction } from './wire.ts';

/**
 * Asks for every page and for our reference, then by its own uid for each transaction that is still unclear. One
 * failure fails the whole look-up, except an unreadable list: money that ipn names counts without it.
 */
export async function findPayment(
  client: Pick<Client, 'ipn' | 'view'>,
  { paymentId, pages, transactions }: PaymentQuery,
): Promise<PaymentFinding> {
  const [listed, ...ofPages] = await Promise.all([
    viewOf(client, paymentId),
    ...pages.map(({ pageId }) => client.ipn({ payment_request_uid: pageId, related_transaction: true })),
  ]);
  const booked = new Set(transactions.map(({ transactionId }) => transactionId));
  const known = [...booked].filter((id) => !isVoidId(id));
  const uids = toAsk(
    listed.rows,
    ofPages.filter((answer) => answer !== null),
    known,
  );
  const ofUids = await Promise.all(
    [...uids].map((uid) => client.ipn({ transaction_uid: uid, related_transaction: true })),
  );
  const answers = [...ofPages, ...ofUids].filter((answer) => answer !== null);
  if (listed.failure !== null && answers.length === 0) throw listed.failure;

  const united = uniteTransactions([...answers.flatMap(({ rows }) => rows), ...listed.rows]);
  const own = united.filter((one) => !isOfAnother(paymentId, one));
  const strange = onlyUnread(
    [...listed.unreadable, ...answers.flatMap((answer) => answer.unreadable)],
    united,
  );
  const { transactions: told, unreadable } = toTransactions(own, findParts(answers), {
    isComplete: strange.length === 0,
    booked,
  });
  return { transactions: told, disputes: [], unreadable: [...unreadable, ...strange] };
}

const UNREADABLE_LIST: UnreadableRow = {
  rowId: 'Transactions/View',
  problem: 'the list of transactions cannot be read',
};

/** The result of the list. `failure`: PayPlus answered, but the answer is not a list. */
async function viewOf(
  client: Pick<Client, 'view'>,
  paymentId: string,
): Promise<WireRows & { readonly failure: Error | null }> {
  try {
    return { ...(await client.view({ more_info: paymentId })), failure: null };
  } catch (error) {
    if (!isProviderError(error) || !isAnswer(error)) throw error;
    // PayPlus sometimes answers with its general error for a moment; no person is asked about that.
    const isRefused = error.code === 'rejected';
    return { rows: [], unreadable: isRefused ? [] : [UNREADABLE_LIST], failure: error };
  }
}

const isAnswer = ({ code, isWhole }: { readonly code: string; readonly isWhole: boolean }): boolean =>
  code === 'rejected' || (code === 'bad_answer' && isWhole);

/**
 * Still to be asked for: known but not found; found without a kind; and charges that no answer of ipn was about,
 * because only ipn shows whether they are parts or have parts.
 */
function toAsk(listed: readonly WireTransaction[], answers: readonly WireIpn[], known: readonly string[]) {
  const found = [...answers.flatMap(({ rows }) => rows), ...listed];
  const named = new Set(found.filter(({ type }) => type !== null).map(({ uid }) => uid));
  const parts = [...findParts(answers).values()].flat();
  const clear = new Set([...answers.map(({ top }) => top), ...parts].map((row) => row?.uid));
  const charges = found.filter((row) => isKind(row, 'charge') && row.statusCode === APPROVED);
  return new Set([
    ...[...known, ...found.map(({ uid }) => uid)].filter((uid) => !named.has(uid)),
    ...charges.map(({ uid }) => uid).filter((uid) => !clear.has(uid)),
  ]);
}

/** An unreadable row is dropped if its other spelling could be read. Each one is reported once. */
function onlyUnread(
  strange: readonly UnreadableRow[],
  read: readonly WireTransaction[],
): readonly UnreadableRow[] {
  const readUids = new Set(read.map(({ uid }) => uid));
  const byId = new Map(strange.map((row) => [row.rowId, row]));
  return [...byId.values()].filter(({ rowId }) => !readUids.has(rowId));
}

/**
 * PayPlus once answered the uid of a page with the transaction of another order.
 * Source: docs/reference/payplus.md, "Reading a payment back".
 */
function isOfAnother(paymentId: string, { moreInfo }: WireTransaction): boolean {
  return moreInfo !== null && moreInfo !== paymentId && isId('payment', moreInfo);
}
