import { countWithholdings, readWithholdings } from '../../db/withholding-rows.ts';
import type { WithholdingRow } from '../../db/withholding-rows.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { customerKey } from '../customer-key.ts';
import { signed } from './documents.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import { countColumn, dayColumn, moneyColumn, noting, rateColumn, textColumn, toSheet } from './table.ts';
import type { Column } from './table.ts';
import { KIND_WORDS } from './words.ts';

/**
 * Tax that customers withheld at source: each document, and the sums of each customer and tax year, to tick against the
 * customers' yearly certificates (form 857). Credits are negative.
 */
export async function readWithholdingSheets({ tx, workspace, order }: Source): Promise<Contents> {
  const of = { ...order, workspaceId: workspace.id };
  const years = createYears();
  return {
    totalRows: await countWithholdings(tx, of),
    sheets: [
      toSheet({
        name: KIND_WORDS.withholding,
        columns: ROW_COLUMNS,
        rows: noting(readWithholdings(tx, of), years.note),
      }),
      toSheet({
        name: { he: 'לפי לקוח ושנה', en: 'By customer and year' },
        columns: YEAR_COLUMNS,
        rows: years.rows(),
      }),
    ],
  };
}

/** The sums of one customer and tax year, minor units. */
interface YearSum {
  readonly year: number;
  readonly customer: WithholdingRow['customer'];
  count: number;
  gross: number;
  withheld: number;
}

/** Sums by customer and year, noted while the rows pass by. The name is that of the first document. */
function createYears() {
  const sums = new Map<string, YearSum>();
  return {
    note: (row: WithholdingRow): void => {
      const { fiscalYear: year, customer } = row;
      const key = `${year} ${customerKey(customer)}`;
      const sum = sums.get(key) ?? { year, customer, count: 0, gross: 0, withheld: 0 };
      sum.count += 1;
      sum.gross += signed(row, row.total);
      sum.withheld += signed(row, row.withheld);
      sums.set(key, sum);
    },
    /** Read after all rows have passed. */
    rows: function* (): Generator<readonly YearSum[]> {
      yield [...sums.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sum]) => sum);
    },
  };
}

/** Basis points of the gross, VAT included. */
const rateOf = ({ gross, withheld }: { readonly gross: number; readonly withheld: number }): number | null =>
  gross === 0 ? null : Math.round((withheld * 10_000) / gross);

/** The books do not have the certificate; the accountant ticks it. */
const certificateColumn = <Row>(): Column<Row> =>
  textColumn<Row>('אישור 857 התקבל', 'certificateReceived', () => null);

const ROW_COLUMNS: readonly Column<WithholdingRow>[] = [
  textColumn('לקוח', 'customer', ({ customer }) => customer.name, 24),
  textColumn('מספר', 'customerId', ({ customer }) => customer.taxId),
  textColumn('מסמך', 'document', ({ type, number }) => displayNumber(type, number)),
  dayColumn('תאריך', 'documentDate', ({ documentDate }) => documentDate),
  moneyColumn('ברוטו', 'gross', (row) => signed(row, row.total)),
  moneyColumn('נוכה', 'withheld', (row) => signed(row, row.withheld)),
  rateColumn('שיעור', 'rate', ({ total, withheld }) => rateOf({ gross: total, withheld })),
  certificateColumn(),
];

const YEAR_COLUMNS: readonly Column<YearSum>[] = [
  countColumn('שנת מס', 'taxYear', ({ year }) => year),
  textColumn('לקוח', 'customer', ({ customer }) => customer.name, 24),
  textColumn('מספר', 'customerId', ({ customer }) => customer.taxId),
  countColumn('מסמכים', 'documents', ({ count }) => count),
  moneyColumn('ברוטו', 'gross', ({ gross }) => gross),
  moneyColumn('נוכה', 'withheld', ({ withheld }) => withheld),
  rateColumn('שיעור', 'rate', rateOf),
  certificateColumn(),
];
