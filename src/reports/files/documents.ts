import { countJournal, readJournal } from '../../db/journal-rows.ts';
import type { JournalRow } from '../../db/journal-rows.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { withheldIn } from '../../domain/means.ts';
import type { Means } from '../../domain/means.ts';
import { exponentOf, toMajorText } from '../../domain/money.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import { moneyDay } from '../uniform/money-rows.ts';
import { uniformTypeOf } from '../uniform/parts.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import {
  countColumn,
  dayColumn,
  instantColumn,
  moneyColumn,
  rateColumn,
  textColumn,
  toSheet,
} from './table.ts';
import type { Column, Manner } from './table.ts';
import { DOCUMENT_STATUS_WORDS, inWords, KIND_WORDS, METHOD_WORDS, TYPE_WORDS } from './words.ts';

/** The journal of documents: a row a document, credits negative, cancelled ones with sums of zero. */
export async function readDocumentJournal({ tx, workspace, order }: Source): Promise<Contents> {
  const of = { ...order, workspaceId: workspace.id };
  const columns = columnsIn({ ...order, timeZone: workspace.timeZone });
  return {
    totalRows: await countJournal(tx, of),
    sheets: [toSheet({ name: KIND_WORDS.documents, columns, rows: readJournal(tx, of) })],
  };
}

type Signed = Pick<JournalRow, 'isCredit'> & Partial<Pick<JournalRow, 'status'>>;

/** A sum of a document as the books count it. Rows without a status have no cancelled document among them. */
export function signed({ isCredit, status }: Signed, sum: number): number {
  if (status === 'cancelled') return 0;
  return isCredit ? 0 - sum : sum;
}

/** Type of the uniform structure, such as `320`; null for a confirmation, which is not in the books. */
export function typeCode(type: DocumentType): string | null {
  return uniformTypeOf(type)?.toString() ?? null;
}

/**
 * What a document bears VAT on, and what it does not. A dealer who charges no VAT has exempt sales.
 * Source: docs/reference/israel-tax.md, "Who issues what".
 */
export function byTreatment({
  net,
  zeroRated,
  exempt,
  rateBp,
}: Pick<JournalRow, 'net' | 'zeroRated' | 'exempt' | 'rateBp'>) {
  const standard = net - zeroRated - exempt;
  return rateBp > 0
    ? { taxable: standard, zeroRated, exempt }
    : { taxable: 0, zeroRated, exempt: exempt + standard };
}

/** The receipt of post-dated cheques sells nothing: its tax invoice does. */
const soldIn = ({ countsAs }: Pick<JournalRow, 'countsAs'>, sum: number): number =>
  countsAs === 'money' ? 0 : sum;

const ID_KINDS = { private: 'פרטי', dealer: 'עוסק', company: 'חברה' } as const;

/** English titles are fixed: other programs read them. What the books do not have is empty. */
function columnsIn(manner: Manner): readonly Column<JournalRow>[] {
  return [...documentColumns(manner), ...moneyColumns(), ...originColumns(manner)];
}

function documentColumns({ locale, timeZone }: Manner): readonly Column<JournalRow>[] {
  return [
    textColumn('סוג מסמך', 'documentType', ({ type }) => typeCode(type), 8),
    textColumn('שם הסוג', 'typeName', ({ type }) => TYPE_WORDS[type][locale], 20),
    countColumn('מספר', 'number', ({ number }) => number),
    textColumn('מספר תצוגה', 'displayNumber', ({ type, number }) => displayNumber(type, number)),
    dayColumn('תאריך מסמך', 'documentDate', ({ documentDate }) => documentDate),
    dayColumn('תאריך תקבול', 'paidDate', (row) => moneyDay(row, timeZone)),
    instantColumn('תאריך ושעת הפקה', 'producedAt', ({ createdAt }) => createdAt),
    countColumn('שנת מס', 'taxYear', ({ fiscalYear }) => fiscalYear),
    textColumn('סטטוס', 'status', ({ status }) => inWords(status, DOCUMENT_STATUS_WORDS, locale)),
    textColumn(
      'מקור/מספר מסמך מזוכה',
      'relatedDocument',
      ({ relatesTo }) => relatesTo?.displayNumber ?? null,
    ),
    dayColumn('תאריך מסמך מזוכה', 'relatedDate', ({ relatesTo }) => relatesTo?.documentDate ?? null),
    dayColumn(
      'אושר ע"י הלקוח ביום',
      'acknowledgedOn',
      ({ acknowledgedAt: at }) => at && dayInZone(at, timeZone),
    ),
    textColumn('שם לקוח', 'customer', ({ customer }) => customer.name, 24),
    textColumn('סוג מזהה', 'idKind', ({ customer: { taxId, taxIdKind } }) =>
      taxId === null ? null : inWords(taxIdKind, ID_KINDS, locale),
    ),
    textColumn('ת.ז./ח.פ./עוסק', 'customerId', ({ customer }) => customer.taxId),
    textColumn('תיאור (השורה הראשונה)', 'description', ({ description }) => description, 32),
  ];
}

function moneyColumns(): readonly Column<JournalRow>[] {
  return [
    moneyColumn('חייב במע"מ (לפני)', 'taxable', (row) => signed(row, soldIn(row, byTreatment(row).taxable))),
    moneyColumn('בשיעור אפס', 'zeroRated', (row) => signed(row, row.zeroRated)),
    moneyColumn('פטור', 'exempt', (row) => signed(row, soldIn(row, byTreatment(row).exempt))),
    rateColumn('שיעור מע"מ', 'vatRate', ({ rateBp }) => rateBp),
    moneyColumn('מע"מ', 'vat', (row) => signed(row, row.vat)),
    // The receipt and the invoice of post-dated cheques show one sum: this column alone adds up to nothing.
    { ...moneyColumn<JournalRow>('סה"כ', 'total', (row) => signed(row, row.total)), isSummed: false },
    moneyColumn('סה"כ עסקאות', 'sales', (row) => signed(row, soldIn(row, row.total))),
    moneyColumn('ניכוי במקור', 'withheld', (row) => signed(row, withheldIn(row.means))),
    moneyColumn('נטו שהתקבל', 'received', (row) =>
      signed(row, row.countsAs === 'sale' ? 0 : row.total - withheldIn(row.means)),
    ),
  ];
}

function originColumns({ locale, currency }: Manner): readonly Column<JournalRow>[] {
  return [
    textColumn('אמצעי תשלום', 'method', ({ means }) => wayOfPayment(means, { locale, currency }), 24),
    textColumn("4 ספרות/מס' שיק", 'last4OrCheck', ({ means }) =>
      joined(means.map(({ last4, check }) => check?.number ?? last4)),
    ),
    countColumn('תשלומים', 'installments', ({ means }) =>
      Math.max(1, ...means.map((one) => one.installments)),
    ),
    textColumn('מספר הקצאה', 'allocationNumber', ({ allocationNumber }) => allocationNumber),
    textColumn('אסמכתת הזמנה', 'reference', ({ reference }) => reference, 24),
    textColumn('מזהה תשלום', 'paymentId', ({ paymentId }) => paymentId, 32),
    textColumn('ספק סליקה', 'provider', ({ provider }) => provider),
    textColumn('מזהה עסקה אצל הספק', 'providerTransactionId', (row) => row.providerTransactionId, 32),
    textColumn("מס' אצל שירות החשבוניות", 'invoiceServiceNumber', ({ serviceNumber }) => serviceNumber),
    textColumn('מטבע', 'currency', ({ currency }) => currency, 8),
    textColumn('שער', 'exchangeRate', () => null, 8),
  ];
}

/** How the money came: the means, and where there are several, each with its sum. Tax withheld has a column of its own. */
function wayOfPayment(
  means: readonly Means[],
  { locale, currency }: Pick<Manner, 'locale' | 'currency'>,
): string | null {
  const money = means.filter(({ method }) => method !== 'withheld');
  return joined(
    money.map(({ method, amount }) => {
      const word = inWords(method, METHOD_WORDS, locale);
      return money.length === 1 ? word : `${word} ${toMajorText(amount, exponentOf(currency))}`;
    }),
  );
}

const joined = (parts: readonly (string | null)[]): string | null =>
  parts.filter((part) => part !== null).join(' + ') || null;
