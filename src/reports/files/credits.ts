import { countJournal, readJournal } from '../../db/journal-rows.ts';
import type { JournalRow } from '../../db/journal-rows.ts';
import { dayInZone } from '../../domain/calendar.ts';
import type { Day } from '../../domain/calendar.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { signed } from './documents.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import { countColumn, dayColumn, moneyColumn, textColumn, toSheet } from './table.ts';
import type { Column, Manner } from './table.ts';
import { ACKNOWLEDGEMENT_WORDS, inWords, KIND_WORDS, TYPE_WORDS } from './words.ts';

/**
 * Credit documents, with what they credit and whether the customer confirmed them: until then their VAT waits.
 * Source: docs/reference/israel-tax.md, "Corrections".
 */
export async function readCredits({ tx, workspace, order }: Source): Promise<Contents> {
  const of = { ...order, workspaceId: workspace.id };
  const columns = columnsIn({ ...order, timeZone: workspace.timeZone });
  return {
    totalRows: await countJournal(tx, of, 'credits'),
    sheets: [toSheet({ name: KIND_WORDS.credits, columns, rows: readJournal(tx, of, 'credits') })],
  };
}

function columnsIn({ locale, timeZone }: Manner): readonly Column<JournalRow>[] {
  const today = dayInZone(new Date(), timeZone);
  const confirmedOn = ({ acknowledgedAt: at }: JournalRow): Day | null => at && dayInZone(at, timeZone);
  const waits = (row: JournalRow): boolean => row.type === 'credit_invoice' && row.acknowledgedAt === null;
  return [
    textColumn('סוג הזיכוי', 'type', ({ type }) => TYPE_WORDS[type][locale], 20),
    textColumn('מסמך זיכוי', 'credit', ({ type, number }) => displayNumber(type, number)),
    dayColumn('תאריך זיכוי', 'creditDate', ({ documentDate }) => documentDate),
    textColumn('מסמך מקור', 'original', ({ relatesTo }) => relatesTo?.displayNumber ?? null),
    dayColumn('תאריך מקור', 'originalDate', ({ relatesTo }) => relatesTo?.documentDate ?? null),
    countColumn('ימים מהמקור', 'daysSinceOriginal', ({ relatesTo, documentDate }) =>
      relatesTo ? daysBetween(relatesTo.documentDate, documentDate) : null,
    ),
    textColumn('לקוח', 'customer', ({ customer }) => customer.name, 24),
    moneyColumn('לפני מע"מ', 'net', (row) => signed(row, row.countsAs === 'money' ? 0 : row.net)),
    moneyColumn('מע"מ', 'vat', (row) => signed(row, row.vat)),
    moneyColumn('סה"כ', 'total', (row) => signed(row, row.total)),
    textColumn(
      'דרך האישור',
      'wayOfConfirmation',
      ({ acknowledgedBy: by }) => by && inWords(by, ACKNOWLEDGEMENT_WORDS, locale),
      20,
    ),
    dayColumn('אושר ע"י הלקוח ביום', 'acknowledgedOn', confirmedOn),
    countColumn('ימים בהמתנה לאישור', 'daysWaiting', (row) =>
      daysBetween(row.documentDate, confirmedOn(row) ?? today),
    ),
    moneyColumn('מע"מ ממתין', 'vatWaiting', (row) => (waits(row) ? signed(row, row.vat) : 0)),
  ];
}

const DAY_MS = 86_400_000;
const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
