import { countReceipts, readReceipts } from '../../db/receipt-rows.ts';
import type { ReceiptRow } from '../../db/receipt-rows.ts';
import type { Day } from '../../domain/calendar.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { moneyDay } from '../uniform/money-rows.ts';
import { signed } from './documents.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import { countColumn, dayColumn, moneyColumn, noting, textColumn, toSheet } from './table.ts';
import type { Column, Manner } from './table.ts';
import { inWords, KIND_WORDS, METHOD_WORDS } from './words.ts';

/** The money of documents by means: each sum, the sums of each day, and cheques and cash. Credits are negative. */
export async function readReceiptSheets({ tx, workspace, order }: Source): Promise<Contents> {
  const of = { ...order, workspaceId: workspace.id };
  const manner = { ...order, timeZone: workspace.timeZone };
  const days = createDays(manner);
  const columns = receiptColumns(manner);
  return {
    totalRows: await countReceipts(tx, of),
    sheets: [
      toSheet({ name: KIND_WORDS.receipts, columns, rows: noting(readReceipts(tx, of), days.note) }),
      toSheet({
        name: { he: 'לפי אמצעי ויום', en: 'By day' },
        columns: dayColumns(manner),
        rows: days.rows(),
      }),
      toSheet({
        name: { he: 'שיקים ומזומן', en: 'Cheques and cash' },
        columns,
        rows: readReceipts(tx, of, ['cash', 'check']),
      }),
    ],
  };
}

/** The money of one day, means and provider. Minor units. */
interface DaySum {
  readonly day: Day;
  readonly method: string;
  readonly provider: string;
  count: number;
  amount: number;
}

/** Sums by day, noted while the rows pass by. */
function createDays({ timeZone }: Manner) {
  const sums = new Map<string, DaySum>();
  const note = (row: ReceiptRow): void => {
    const [day, { method, provider }] = [moneyDay(row, timeZone), row];
    const key = [day, method, provider].join(' ');
    const sum = sums.get(key) ?? { day, method, provider, count: 0, amount: 0 };
    sum.count += 1;
    sum.amount += signed(row, row.amount);
    sums.set(key, sum);
  };
  return {
    note,
    /** Read after all rows have passed. */
    rows: function* (): Generator<readonly DaySum[]> {
      yield [...sums.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sum]) => sum);
    },
  };
}

function receiptColumns({ locale, timeZone }: Manner): readonly Column<ReceiptRow>[] {
  const check = (of: (check: NonNullable<ReceiptRow['check']>) => string) => (row: ReceiptRow) =>
    row.check === null ? null : of(row.check);
  return [
    dayColumn('תאריך תקבול', 'paidDate', (row) => moneyDay(row, timeZone)),
    dayColumn('תאריך מסמך', 'documentDate', ({ documentDate }) => documentDate),
    textColumn('אמצעי', 'method', ({ method }) => inWords(method, METHOD_WORDS, locale)),
    textColumn('ספק', 'provider', ({ provider }) => provider),
    textColumn('מסמך', 'document', ({ type, number }) => displayNumber(type, number)),
    textColumn('לקוח', 'customer', ({ customer }) => customer, 24),
    moneyColumn('סכום', 'amount', (row) => signed(row, row.amount)),
    textColumn(
      'בנק',
      'bank',
      check(({ bank }) => bank),
      8,
    ),
    textColumn(
      'סניף',
      'branch',
      check(({ branch }) => branch),
      8,
    ),
    textColumn(
      'חשבון',
      'account',
      check(({ account }) => account),
    ),
    textColumn(
      "מס' שיק",
      'check',
      check(({ number }) => number),
    ),
    dayColumn(
      'תאריך פירעון',
      'dueDate',
      check(({ dueDate }) => dueDate),
    ),
    dayColumn('הופקד ביום', 'depositedOn', () => null),
    textColumn("מס' הפקדה", 'deposit', () => null),
    textColumn('4 ספרות', 'last4', ({ last4 }) => last4, 8),
    textColumn('תשלום n מתוך m', 'instalment', ({ part, parts }) => `${part}/${parts}`),
    dayColumn('מועד זיכוי', 'settledOn', ({ settledOn }) => settledOn),
  ];
}

function dayColumns({ locale }: Manner): readonly Column<DaySum>[] {
  return [
    dayColumn('תאריך תקבול', 'paidDate', ({ day }) => day),
    textColumn('אמצעי', 'method', ({ method }) => inWords(method, METHOD_WORDS, locale)),
    textColumn('ספק', 'provider', ({ provider }) => provider),
    countColumn('תקבולים', 'count', ({ count }) => count),
    moneyColumn('סכום', 'amount', ({ amount }) => amount),
  ];
}
