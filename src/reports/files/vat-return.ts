import { readVatRows } from '../../db/vat-rows.ts';
import type { VatRow } from '../../db/vat-rows.ts';
import type { Currency } from '../../domain/money.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { Locale } from '../../domain/workspace.ts';
import { periodOf } from '../periods.ts';
import type { PeriodKind } from '../periods.ts';
import { typeCode } from './documents.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import { countColumn, dayColumn, moneyColumn, rateColumn, textColumn, toSheet } from './table.ts';
import type { Column, Titles } from './table.ts';
import { partsOf, periodKind, readVatLines, toForm, toWhole, turnoverOf, vatOf } from './vat-lines.ts';
import type { FormLine, Sums, VatLine } from './vat-lines.ts';
import { KIND_WORDS, TYPE_WORDS } from './words.ts';

/** The figures of the periodic VAT return (874), rounded as its form takes them, and the documents behind them. */
export async function readVatReturn(source: Source): Promise<Contents> {
  const { tx, order } = source;
  const lines = await readVatLines(source);
  return {
    totalRows: lines.length,
    sheets: [
      toSheet({ name: KIND_WORDS.vat, columns: lineColumns(), rows: [lines] }),
      toSheet({
        name: { he: 'לטופס 874', en: 'Form 874' },
        columns: formColumns(order.currency),
        rows: [toForm(lines)],
      }),
      toSheet({
        name: { he: 'מסמכים', en: 'Documents' },
        columns: rowColumns(periodKind(order), order.locale),
        rows: readVatRows(tx, vatOf(source)),
      }),
    ],
  };
}

type Parts = Omit<Sums, 'waiting' | 'withheld'>;

const partColumns = <Row>(of: (row: Row) => Parts): readonly Column<Row>[] => [
  moneyColumn('עסקאות חייבות', 'taxable', (row) => of(row).taxable),
  moneyColumn('מס עסקאות', 'vat', (row) => of(row).vat),
  moneyColumn('עסקאות אפס', 'zeroRated', (row) => of(row).zeroRated),
  moneyColumn('עסקאות פטורות', 'exempt', (row) => of(row).exempt),
  moneyColumn('מזה זיכויים מאושרים: לפני מע"מ', 'confirmedCreditsNet', (row) => of(row).confirmedNet),
  moneyColumn('מזה זיכויים מאושרים: מע"מ', 'confirmedCreditsVat', (row) => of(row).confirmedVat),
  moneyColumn('זיכויים שטרם אושרו: לפני מע"מ', 'unconfirmedCreditsNet', (row) => of(row).unconfirmedNet),
  moneyColumn('זיכויים שטרם אושרו: מע"מ', 'unconfirmedCreditsVat', (row) => of(row).unconfirmedVat),
  moneyColumn('מסמכים מתקופה קודמת שהופקו אחרי הדיווח: לפני', 'lateNet', (row) => of(row).lateNet),
  moneyColumn('מסמכים מתקופה קודמת שהופקו אחרי הדיווח: מע"מ', 'lateVat', (row) => of(row).lateVat),
];

const withheldColumn = <Row>(of: (row: Row) => number): Column<Row> =>
  moneyColumn('ניכוי במקור', 'withheld', of);

function lineColumns(): readonly Column<VatLine>[] {
  return [
    textColumn('תקופה', 'period', ({ period }) => period),
    rateColumn('שיעור', 'rate', ({ rateBp }) => rateBp),
    ...partColumns<VatLine>((line) => line),
    countColumn('ממתינים למספר הקצאה', 'awaitingAllocation', ({ waiting }) => waiting),
    moneyColumn('מחזור למקדמות', 'turnoverForAdvances', turnoverOf),
    withheldColumn(({ withheld }) => withheld),
  ];
}

function formColumns(currency: Currency): readonly Column<FormLine>[] {
  const whole = (minor: number): number => toWhole(minor, currency);
  return [
    textColumn('תקופה', 'period', ({ period }) => period),
    countColumn('עסקאות חייבות', 'taxable', ({ taxable }) => whole(taxable)),
    countColumn('המס על העסקאות', 'vat', ({ vat }) => whole(vat)),
    countColumn('עסקאות פטורות או בשיעור אפס', 'zeroRatedOrExempt', ({ untaxed }) => whole(untaxed)),
    countColumn('מחזור למקדמות', 'turnoverForAdvances', ({ turnover }) => whole(turnover)),
  ];
}

const PARTS: Readonly<Record<VatRow['part'], Titles>> = {
  counted: { he: 'נכלל בדוח', en: 'counted' },
  unconfirmed: { he: 'זיכוי שטרם אושר', en: 'unconfirmed' },
  late: { he: 'שייך לתקופה קודמת', en: 'late' },
};

function rowColumns(kind: PeriodKind, locale: Locale): readonly Column<VatRow>[] {
  return [
    textColumn('תקופה', 'period', ({ day }) => periodOf(day, kind)),
    textColumn('סעיף', 'part', ({ part }) => PARTS[part][locale], 18),
    textColumn('סוג מסמך', 'documentType', ({ type }) => typeCode(type), 8),
    textColumn('שם הסוג', 'typeName', ({ type }) => TYPE_WORDS[type][locale], 20),
    textColumn('מספר תצוגה', 'displayNumber', ({ type, number }) => displayNumber(type, number)),
    dayColumn('תאריך מסמך', 'documentDate', ({ documentDate }) => documentDate),
    dayColumn('מועד החיוב במס', 'taxPoint', ({ taxPoint }) => taxPoint),
    dayColumn('נכלל ביום', 'countedOn', ({ day }) => day),
    rateColumn('שיעור', 'rate', ({ rateBp }) => rateBp),
    ...partColumns<VatRow>(partsOf),
    countColumn('ממתין למספר הקצאה', 'awaitingAllocation', ({ part, status }) =>
      part === 'counted' && status === 'allocation_required' ? 1 : 0,
    ),
    withheldColumn((row) => partsOf(row).withheld),
  ];
}
