import { listPatientRows } from '../../db/patient-rows.ts';
import type { PatientRow } from '../../db/patient-rows.ts';
import { findPayment } from '../../db/payments.ts';
import { sumMinor } from '../../domain/money.ts';
import type { Patient } from '../../domain/payer.ts';
import type { PrintedReport, PrintedTable } from '../../domain/printed-report.ts';
import { displayNumber, legalTypeOf } from '../../domain/tax-document.ts';
import { amountText, say } from './bundle-warnings.ts';
import { dayText } from './csv-file.ts';
import { detailsOf, END_MARK } from './details.ts';
import { signed } from './documents.ts';
import type { CountedFile, Source } from './source.ts';
import { KIND_WORDS, TOTAL, TYPE_WORDS } from './words.ts';

/**
 * What was paid for one patient, for their health fund or insurer: each document, the days of the sessions and the sums.
 * Source: the accountants' files, 13.
 */
export async function preparePatientStatement(source: Source): Promise<CountedFile> {
  const { tx, workspace, order, onRows, printReport } = source;
  const patient = await readPatient(source);
  const rows = await listPatientRows(tx, { ...order, workspaceId: workspace.id }, patient);
  return {
    totalRows: rows.length,
    write: async function* () {
      yield await printReport(statementOf(patient, rows, source));
      await onRows(rows.length);
    },
  };
}

async function readPatient({ tx, order }: Source): Promise<Patient> {
  const { paymentId = '' } = order.options;
  const payment = await findPayment(tx, paymentId);
  if (!payment?.patient) throw new Error(`payment ${paymentId} names no patient any more`);
  return payment.patient;
}

function statementOf(patient: Patient, rows: readonly PatientRow[], source: Source): PrintedReport {
  const { workspace, order } = source;
  const { locale } = order;
  const [business, number, , ...rest] = detailsOf({ ...source, numbers: [], madeAt: new Date() });
  const facts = [business, number, ...rest].filter((fact) => fact !== undefined);
  return {
    locale,
    title: KIND_WORDS['patient-statement'][locale],
    facts: [
      [say('שם המטופל', 'Patient', locale), patient.name],
      [say('מספר זהות', 'Identity number', locale), patient.taxId ?? '—'],
      ...facts.map(({ about, text }) => [about[locale], text] as const),
    ],
    warningsTitle: say('שימו לב', 'Please note', locale),
    warnings: [
      say(
        'אישור זה אינו מסמך מס ואינו קבלה. הקבלות והחשבוניות הן המסמכים המפורטים בו.',
        'This statement is no tax document and no receipt. The receipts and invoices are the documents that it lists.',
        locale,
      ),
      ...(patient.taxId === undefined
        ? [
            say(
              'המטופל זוהה לפי שמו בלבד: תשלומים של אדם אחר באותו שם, ללא מספר זהות, נכללים כאן',
              'The patient is known by name alone: payments of another person of that name, without an identity number, stand here too',
              locale,
            ),
          ]
        : []),
      ...(workspace.mode === 'test'
        ? [
            say(
              'סביבת בדיקה: המסמכים אינם חוקיים',
              'A test workspace: the documents are not legal ones',
              locale,
            ),
          ]
        : []),
    ],
    tables: [documentTable(rows, source), ...payerTable(rows, source)],
    end: END_MARK[locale],
  };
}

function documentTable(rows: readonly PatientRow[], source: Source): PrintedTable {
  const { locale } = source.order;
  const days = (row: PatientRow): string =>
    row.isCredit ? '' : row.sessionDates.map((day) => dayText(day, locale)).join(', ');
  return {
    title: say('תשלומים', 'Payments', locale),
    heads: [
      say('תאריך', 'Date', locale),
      say('מסמך', 'Document', locale),
      say('מועדי המפגשים', 'Sessions', locale),
      say('המשלם', 'Payer', locale),
      say('סכום', 'Sum', locale),
    ],
    texts: 4,
    rows: [
      ...rows.map((row) => [
        dayText(row.documentDate, locale),
        documentName(row, source),
        days(row),
        row.customer.name,
        amountText(signed(row, row.total), source),
      ]),
      [TOTAL[locale], '', '', '', amountText(sumOf(rows), source)],
    ],
  };
}

/** The legal document: where an invoice service makes it, that one. */
function documentName({ type, number, serviceNumber, issuer }: PatientRow, { order }: Source): string {
  const shown = serviceNumber === null ? type : legalTypeOf(type, issuer);
  return `${TYPE_WORDS[shown][order.locale]} ${serviceNumber ?? displayNumber(type, number)}`;
}

/** Where several people or institutions paid: the sum of each. */
function payerTable(rows: readonly PatientRow[], source: Source): readonly PrintedTable[] {
  const { locale } = source.order;
  const payers = Map.groupBy(rows, ({ customer }) => customer.name);
  if (payers.size < 2) return [];
  return [
    {
      title: say('לפי משלם', 'By payer', locale),
      heads: [say('המשלם', 'Payer', locale), say('סכום', 'Sum', locale)],
      rows: [...payers].map(([name, own]) => [name, amountText(sumOf(own), source)]),
    },
  ];
}

const sumOf = (rows: readonly PatientRow[]): number => sumMinor(rows.map((row) => signed(row, row.total)));
