import { readJournal } from '../../db/journal-rows.ts';
import type { JournalRow } from '../../db/journal-rows.ts';
import { readReceipts, sumReceiptMonths } from '../../db/receipt-rows.ts';
import type { ReceiptMonth, ReceiptRow } from '../../db/receipt-rows.ts';
import { sumMonths } from '../../db/year-rows.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { PaturTurnover } from '../patur-turnover.ts';
import { moneyDay } from '../uniform/money-rows.ts';
import { signed } from './documents.ts';
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
import type { Batches, Column, Manner } from './table.ts';
import { inWords, KIND_WORDS, METHOD_WORDS, TYPE_WORDS } from './words.ts';
import { toAccounts, toYearMonths, readTurnovers } from './year-sums.ts';
import type { Account, YearMonth } from './year-sums.ts';

/**
 * The tax year: sums by month, by means and by income account, what was made after the year, and cheques that fall due after
 * it. The turnover of an osek patur stands beside its ceiling.
 */
export async function readYear(source: Source): Promise<Contents> {
  const { tx, workspace, order } = source;
  const of = { ...order, workspaceId: workspace.id };
  const manner = { ...order, timeZone: workspace.timeZone };
  const months = toYearMonths(await sumMonths(tx, of), order);
  const turnovers = await readTurnovers(source);
  return {
    totalRows: months.length,
    sheets: [
      toSheet({ name: KIND_WORDS.year, columns: MONTH_COLUMNS, rows: [months] }),
      toSheet({
        name: { he: 'לפי אמצעי', en: 'By means' },
        columns: meansColumns(manner),
        rows: [await sumReceiptMonths(tx, of)],
      }),
      toSheet({
        name: { he: 'חשבונות הכנסה', en: 'Income accounts' },
        columns: accountColumns(manner),
        rows: [toAccounts(months)],
      }),
      toSheet({
        name: { he: 'הופקו אחרי השנה', en: 'Made after the year' },
        columns: lateColumns(manner),
        rows: readJournal(tx, of, 'made_later'),
      }),
      toSheet({
        name: { he: 'שיקים לשנה הבאה', en: 'Cheques due later' },
        columns: CHECK_COLUMNS,
        rows: dueLater(readReceipts(tx, of, ['check']), order.to),
      }),
      ...(turnovers.length === 0
        ? []
        : [
            toSheet({
              name: { he: 'עוסק פטור', en: 'Osek patur' },
              columns: TURNOVER_COLUMNS,
              rows: [turnovers],
              hasTotals: false,
            }),
          ]),
    ],
  };
}

const MONTH_COLUMNS: readonly Column<YearMonth>[] = [
  textColumn('חודש', 'month', ({ month }) => month),
  countColumn('מסמכים', 'documents', ({ count }) => count),
  moneyColumn('חייבות במע"מ (לפני)', 'taxable', ({ taxable }) => taxable),
  moneyColumn('בשיעור אפס', 'zeroRated', ({ zeroRated }) => zeroRated),
  moneyColumn('פטורות', 'exempt', ({ exempt }) => exempt),
  moneyColumn('מע"מ', 'vat', ({ vat }) => vat),
  moneyColumn('סה"כ', 'total', ({ total }) => total),
  moneyColumn('מזה זיכויים: לפני מע"מ', 'creditsNet', ({ creditsNet }) => creditsNet),
  moneyColumn('מזה זיכויים: מע"מ', 'creditsVat', ({ creditsVat }) => creditsVat),
];

function meansColumns({ locale }: Manner): readonly Column<ReceiptMonth>[] {
  return [
    textColumn('חודש', 'month', ({ month }) => month),
    textColumn('אמצעי', 'method', ({ method }) => inWords(method, METHOD_WORDS, locale)),
    moneyColumn('סכום', 'amount', ({ amount }) => amount),
  ];
}

const ACCOUNT_WORDS: Readonly<Record<Account['account'], string>> = {
  taxable: 'הכנסות חייבות במע"מ',
  zeroRated: 'הכנסות בשיעור אפס',
  exempt: 'הכנסות פטורות ממע"מ',
};

/** The code of form 6111 is the accountant's to enter. */
function accountColumns({ locale }: Manner): readonly Column<Account>[] {
  return [
    textColumn('חשבון', 'account', ({ account }) => inWords(account, ACCOUNT_WORDS, locale), 24),
    moneyColumn('סכום', 'amount', ({ amount }) => amount),
    textColumn('קוד 6111', 'code6111', () => null),
  ];
}

function lateColumns({ locale, timeZone }: Manner): readonly Column<JournalRow>[] {
  return [
    textColumn('שם הסוג', 'typeName', ({ type }) => TYPE_WORDS[type][locale], 20),
    textColumn('מסמך', 'document', ({ type, number }) => displayNumber(type, number)),
    dayColumn('תאריך מסמך', 'documentDate', ({ documentDate }) => documentDate),
    dayColumn('תאריך תקבול', 'paidDate', (row) => moneyDay(row, timeZone)),
    instantColumn('תאריך ושעת הפקה', 'producedAt', ({ createdAt }) => createdAt),
    textColumn('לקוח', 'customer', ({ customer }) => customer.name, 24),
    moneyColumn('סה"כ', 'total', (row) => signed(row, row.total)),
  ];
}

async function* dueLater(batches: Batches<ReceiptRow>, to: string): AsyncGenerator<readonly ReceiptRow[]> {
  for await (const rows of batches) yield rows.filter(({ check }) => check !== null && check.dueDate >= to);
}

const CHECK_COLUMNS: readonly Column<ReceiptRow>[] = [
  textColumn('מסמך', 'document', ({ type, number }) => displayNumber(type, number)),
  dayColumn('תאריך מסמך', 'documentDate', ({ documentDate }) => documentDate),
  textColumn('לקוח', 'customer', ({ customer }) => customer, 24),
  textColumn("מס' שיק", 'check', ({ check }) => check?.number ?? null),
  textColumn('בנק', 'bank', ({ check }) => check?.bank ?? null, 8),
  dayColumn('תאריך פירעון', 'dueDate', ({ check }) => check?.dueDate ?? null),
  moneyColumn('סכום', 'amount', (row) => signed(row, row.amount)),
];

const TURNOVER_COLUMNS: readonly Column<PaturTurnover>[] = [
  textColumn('שנת מס', 'taxYear', ({ year }) => String(year)),
  moneyColumn('מחזור להצהרת 31 בינואר', 'turnover', ({ turnover }) => turnover),
  moneyColumn('תקרה', 'ceiling', ({ ceiling }) => ceiling),
  textColumn('תקרה של שנת', 'ceilingOfYear', ({ ceilingYear }) => ceilingYear?.toString() ?? null),
  rateColumn('חלק מהתקרה', 'shareOfCeiling', ({ shareBp }) => shareBp),
];
