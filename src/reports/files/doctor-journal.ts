import { countPatientRows, readPatientRows } from '../../db/patient-rows.ts';
import type { PatientRow } from '../../db/patient-rows.ts';
import { exponentOf, toMajorText } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { Locale } from '../../domain/workspace.ts';
import { dayText } from './csv-file.ts';
import { signed } from './documents.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import { dayColumn, moneyColumn, textColumn, toSheet } from './table.ts';
import type { Column, Manner } from './table.ts';
import { DOCUMENT_STATUS_WORDS, inWords, KIND_WORDS, METHOD_WORDS, TYPE_WORDS } from './words.ts';

/**
 * The doctor's journal: a row a document, credits negative, cancelled ones with sums of zero.
 * Source: the accountants' files, 12 (appendix ו' of the Bookkeeping Directives).
 */
export async function readDoctorJournal({ tx, workspace, order }: Source): Promise<Contents> {
  const of = { ...order, workspaceId: workspace.id };
  return {
    totalRows: await countPatientRows(tx, of),
    sheets: [
      toSheet({
        name: KIND_WORDS['journal-appendix-vav'],
        columns: columnsIn(order),
        rows: readPatientRows(tx, of),
      }),
    ],
  };
}

type Told = Pick<Manner, 'locale' | 'currency'>;

function columnsIn(told: Told): readonly Column<PatientRow>[] {
  return [
    dayColumn('תאריך', 'date', ({ documentDate }) => documentDate),
    textColumn('שם המטופל', 'patient', ({ patient }) => patient?.name ?? null, 24),
    moneyColumn('סכום שהתקבל', 'received', (row) => (isInstitution(row) ? 0 : signed(row, row.total))),
    textColumn('שם המשלם אם שונה', 'payerIfOther', payerIfOther, 24),
    moneyColumn('מגופים (קופה/מוסד)', 'fromInstitutions', (row) =>
      isInstitution(row) ? signed(row, row.total) : 0,
    ),
    textColumn(
      'מספר קבלה',
      'receiptNumber',
      ({ type, number, serviceNumber }) => serviceNumber ?? displayNumber(type, number),
    ),
    // Expenses: the books do not have them.
    moneyColumn('תשלומים', 'paymentsMade', () => null),
    textColumn('הערות', 'remarks', (row) => remarksOn(row, told), 40),
  ];
}

/** A registered customer: a health fund, an institution, a company. */
const isInstitution = ({ customer }: PatientRow): boolean => customer.taxIdKind !== 'private';

function payerIfOther({ customer, patient }: PatientRow): string | null {
  return customer.name === patient?.name ? null : customer.name;
}

function remarksOn(row: PatientRow, told: Told): string | null {
  const { locale } = told;
  const remarks = [
    row.isCredit ? TYPE_WORDS[row.type][locale] : null,
    row.status === 'issued' ? null : inWords(row.status, DOCUMENT_STATUS_WORDS, locale),
    withheldIn(row, told),
    sessionsIn(row, locale),
  ];
  return remarks.filter((remark) => remark !== null).join('; ') || null;
}

function withheldIn(row: PatientRow, { locale, currency }: { locale: Locale; currency: Currency }) {
  if (row.withheld === 0) return null;
  return `${inWords('withheld', METHOD_WORDS, locale)} ${toMajorText(signed(row, row.withheld), exponentOf(currency))}`;
}

function sessionsIn({ sessionDates }: PatientRow, locale: Locale): string | null {
  if (sessionDates.length === 0) return null;
  const days = sessionDates.map((day) => dayText(day, locale)).join(', ');
  return `${locale === 'he' ? 'מפגשים' : 'sessions'} ${days}`;
}
