import {
  findFinalRate,
  insertShekelSums,
  listConvertiblePayments,
  withShekelSums,
} from '../../db/exchange-rates.ts';
import { lockPayment, setWarnings } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Pool, Sql } from '../../db/pool.ts';
import type { Queue } from '../../db/queue.ts';
import { listPaymentDocuments, releaseWithoutNumber } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { inWorkspace, withoutTransaction } from '../../db/transaction.ts';
import { exponentOf, toMajorText } from '../../domain/money.ts';
import { warningsOf } from '../../domain/payment-warnings.ts';
import type { PaymentWarning } from '../../domain/payment-warnings.ts';
import { creditShekelSums, needsShekels, shekelSums } from '../../domain/shekel-sums.ts';
import type { ConvertedCredit, ShekelSums } from '../../domain/shekel-sums.ts';
import {
  displayNumber,
  isDueInvoice,
  isOriginal,
  needsAllocationNumber,
  standingCreditsOf,
} from '../../domain/tax-document.ts';
import { tell } from '../../history/tell.ts';
import { tellWarnings } from '../../history/warnings.ts';
import { sweepEach } from './sweep-each.ts';

const PAGE = 100;

interface Deps {
  readonly pool: Pool;
  readonly queue: Pick<Queue, 'enqueue'>;
  /** A rate is used so long after it was entered: until then it can be corrected. */
  readonly rateWaitMinutes: number;
}

/**
 * Documents in another currency that were issued before their exchange rate was known: adds their sums in shekels once it is. What
 * they say stays. One that was held only because nobody knew whether it needs an allocation number is released, and its
 * original is printed. Run it in any number of processes. @returns how many payments had something added
 */
export async function convertDocuments({ pool, queue, rateWaitMinutes }: Deps): Promise<number> {
  const payments = await listConvertiblePayments(withoutTransaction(pool), PAGE, rateWaitMinutes);
  await sweepEach(payments, {
    idsOf: ({ paymentId }) => ({ paymentId }),
    run: async (ids) => {
      const { workspaceId } = ids;
      const released = await inWorkspace(pool, workspaceId, (tx) => convertOf(tx, ids, rateWaitMinutes));
      for (const documentId of released)
        await queue.enqueue(
          'print_document',
          { workspaceId, documentId, variant: 'original' },
          `${documentId}/original`,
        );
    },
  });
  return payments.length;
}

interface Ids {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/**
 * In the order of issue, so that a credit finds the sums of its original and of the credits before it.
 * @returns the documents that were released
 */
async function convertOf(tx: Sql, ids: Ids, waitMinutes: number): Promise<readonly string[]> {
  const payment = await lockPayment(tx, ids.paymentId);
  if (payment === null) return [];
  const before: DocumentRow[] = [];
  const added: DocumentRow[] = [];
  for (const row of await listPaymentDocuments(tx, ids.paymentId)) {
    const stored = await withShekelSums(tx, row);
    const ils = stored.content.ils ?? (await sumsOf(tx, row, { before, waitMinutes }));
    const document = ils === null ? row : { ...row, content: { ...row.content, ils } };
    before.push(document);
    if (ils === null || stored.content.ils !== undefined) continue;
    await insertShekelSums(tx, row, ils);
    added.push(document);
  }
  if (added.length === 0) return [];
  const warnings = before.filter((one) => isOriginal(one) || isDueInvoice(one)).flatMap(warningsOf);
  await tellAdded(tx, payment, { added, warnings: [...new Set(warnings)] });
  return releaseOf(tx, ids, added);
}

/** The sums may show that a document which waits for an allocation number needs none. */
async function releaseOf(tx: Sql, ids: Ids, added: readonly DocumentRow[]): Promise<readonly string[]> {
  const released: string[] = [];
  for (const { id, type, number, vat, documentDate, content } of added) {
    const customerIsRegistered = content.customer.taxIdKind !== 'private';
    const sums = { split: { vat }, shekels: content.ils ?? null };
    if (needsAllocationNumber({ type, day: documentDate, customerIsRegistered, ...sums })) continue;
    if (!(await releaseWithoutNumber(tx, id))) continue;
    released.push(id);
    await tell(tx, ids, {
      kind: 'allocation_not_needed',
      summary: `The sums in shekels show that ${type} ${displayNumber(type, number)} needs no allocation number: its original is printed`,
      detail: { documentId: id },
    });
  }
  return released;
}

/** The sums of a document by what was issued before it; null while they cannot be known. */
async function sumsOf(
  tx: Sql,
  row: DocumentRow,
  { before, waitMinutes }: { readonly before: readonly DocumentRow[]; readonly waitMinutes: number },
): Promise<ShekelSums | null> {
  const { currency, net, vat, total, documentDate, content } = row;
  if (!needsShekels(currency, content.issuer)) return null;
  const document = { currency, split: { net, vat, total }, content };
  const related = before.find(({ id }) => id === (row.originalDocumentId ?? row.reversesDocumentId));
  if (row.reversesDocumentId !== null) return related?.content.ils ?? null;
  if (row.originalDocumentId !== null) return related ? creditSumsOf(document, related, before) : null;
  const taxPoint = content.movedFromDay ?? documentDate;
  const rate = await findFinalRate(tx, currency, { taxPoint, waitMinutes });
  return rate === null ? null : shekelSums(document, rate);
}

function creditSumsOf(
  document: Parameters<typeof creditShekelSums>[0],
  original: DocumentRow,
  before: readonly DocumentRow[],
): ShekelSums | null {
  const earlier = standingCreditsOf(original, before);
  const converted: ConvertedCredit[] = earlier.flatMap(({ vat, total, content: { ils } }) =>
    ils === undefined ? [] : [{ split: { vat, total }, ils }],
  );
  const { ils } = original.content;
  if (ils === undefined || converted.length < earlier.length) return null;
  return creditShekelSums(document, ils, converted);
}

/** What the sums show for the first time, such as too much cash, is told as it would have been at the issue. */
async function tellAdded(
  tx: Sql,
  { id, workspaceId, warnings: told }: PaymentRow,
  {
    added,
    warnings,
  }: { readonly added: readonly DocumentRow[]; readonly warnings: readonly PaymentWarning[] },
): Promise<void> {
  const owner = { workspaceId, paymentId: id };
  const news = warnings.filter((warning) => !told.includes(warning));
  await setWarnings(tx, id, warnings);
  for (const { type, number, content } of added)
    await tell(tx, owner, {
      kind: 'converted',
      summary: `The exchange rate came: ${type} ${displayNumber(type, number)} counts in reports as ${toMajorText(content.ils?.total ?? 0, exponentOf('ILS'))} ILS. What it says stays`,
    });
  await tellWarnings(tx, owner, news);
}
