import { countPcn874Rows, readPcn874Rows } from '../../db/pcn874-rows.ts';
import type { Pcn874Row } from '../../db/pcn874-rows.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { dealerNumber } from '../customer-key.ts';
import { byTreatment, signed } from './documents.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import { countColumn, dayColumn, moneyColumn, textColumn, toSheet } from './table.ts';
import type { Batches, Column } from './table.ts';
import { toWhole, vatOf } from './vat-lines.ts';
import { KIND_WORDS } from './words.ts';

/**
 * The sales side of the detailed VAT file, in the shape of its rows, with their sums and the customers whose number is
 * missing. A document has a row for each treatment of VAT. Source: docs/reference/israel-tax.md, "Detailed VAT file".
 */
export async function readPcn874(source: Source): Promise<Contents> {
  const { tx, order } = source;
  const of = vatOf(source);
  const passing = createPassing();
  const toRows = (row: Pcn874Row): readonly Line[] => linesOf(row, (minor) => toWhole(minor, order.currency));
  return {
    totalRows: await countPcn874Rows(tx, of),
    sheets: [
      toSheet({
        name: KIND_WORDS['pcn874-sales'],
        columns: LINE_COLUMNS,
        rows: passing.noting(readPcn874Rows(tx, of), toRows),
      }),
      toSheet({
        name: { he: 'סיכום', en: 'Totals' },
        columns: TOTAL_COLUMNS,
        rows: passing.totals(),
        hasTotals: false,
      }),
      toSheet({
        name: { he: 'לקוחות בלי מספר', en: 'Customers without a number' },
        columns: NAMELESS_COLUMNS,
        rows: passing.nameless(),
      }),
    ],
  };
}

/** A row of the file, whole shekels. `S` a dealer, `L` everybody else, `Y` zero-rated. */
interface Line {
  readonly type: 'S' | 'L' | 'Y';
  readonly row: Pcn874Row;
  readonly number: string;
  readonly amount: number;
  readonly vat: number;
}

function linesOf(row: Pcn874Row, whole: (minor: number) => number): readonly Line[] {
  const { taxable, zeroRated, exempt } = byTreatment(row);
  const number = dealerNumber(row.customer);
  const type = number === null ? 'L' : 'S';
  const line = (kind: Line['type'], net: number, vat: number): readonly Line[] =>
    net === 0 && vat === 0
      ? []
      : [{ type: kind, row, number: number ?? NOBODY, amount: whole(net), vat: whole(vat) }];
  return [...line(type, taxable, row.vat), ...line('Y', zeroRated, 0), ...line(type, exempt, 0)];
}

const NOBODY = '000000000';

/** Sums of the rows of one type, credits taken off. */
interface Total {
  readonly type: Line['type'];
  count: number;
  amount: number;
  vat: number;
}

/** A sale above this, before VAT, needs the number of its customer. Minor units. */
const NAMELESS_ABOVE = 500_000;

/** Adds up totals while rows are written. The totals are complete after the last row. */
function createPassing() {
  const totals = new Map<string, Total>();
  const nameless: Pcn874Row[] = [];
  const note = ({ type, row, amount, vat }: Line): void => {
    const total = totals.get(type) ?? { type, count: 0, amount: 0, vat: 0 };
    total.count += 1;
    total.amount += row.isCredit ? -amount : amount;
    total.vat += row.isCredit ? -vat : vat;
    totals.set(type, total);
  };
  return {
    noting: async function* (
      batches: Batches<Pcn874Row>,
      toLines: (row: Pcn874Row) => readonly Line[],
    ): AsyncGenerator<readonly Line[]> {
      for await (const rows of batches) {
        const lines = rows.flatMap(toLines);
        lines.forEach(note);
        nameless.push(
          ...rows.filter((row) => row.net > NAMELESS_ABOVE && dealerNumber(row.customer) === null),
        );
        yield lines;
      }
    },
    totals: function* (): Generator<readonly Total[]> {
      yield [...totals.values()].sort((one, other) => (one.type < other.type ? -1 : 1));
    },
    nameless: function* (): Generator<readonly Pcn874Row[]> {
      yield nameless;
    },
  };
}

const RIGHT_MOST = 9;

const LINE_COLUMNS: readonly Column<Line>[] = [
  textColumn('סוג', 'type', ({ type }) => type, 6),
  textColumn('מספר לקוח', 'customerNumber', ({ number }) => number),
  textColumn('תאריך', 'date', ({ row }) => row.documentDate.replaceAll('-', '')),
  textColumn('קבוצת אסמכתא', 'referenceGroup', () => '0000', 8),
  textColumn('אסמכתא', 'reference', ({ row }) =>
    String(row.number).slice(-RIGHT_MOST).padStart(RIGHT_MOST, '0'),
  ),
  countColumn('מע"מ', 'vat', ({ vat }) => vat),
  textColumn('סימן', 'sign', ({ row }) => (row.isCredit ? '-' : '+'), 6),
  countColumn('סכום', 'amount', ({ amount }) => amount),
  textColumn('מספר הקצאה', 'allocationNumber', ({ row }) =>
    (row.allocationNumber ?? '').slice(-RIGHT_MOST).padStart(RIGHT_MOST, '0'),
  ),
];

const TOTAL_COLUMNS: readonly Column<Total>[] = [
  textColumn('סוג', 'type', ({ type }) => type, 6),
  countColumn('שורות', 'rows', ({ count }) => count),
  countColumn('סכום', 'amount', ({ amount }) => amount),
  countColumn('מע"מ', 'vat', ({ vat }) => vat),
];

const NAMELESS_COLUMNS: readonly Column<Pcn874Row>[] = [
  textColumn('מסמך', 'document', ({ type, number }) => displayNumber(type, number)),
  dayColumn('תאריך מסמך', 'documentDate', ({ documentDate }) => documentDate),
  textColumn('לקוח', 'customer', ({ customer }) => customer.name, 24),
  moneyColumn('סכום', 'net', (row) => signed(row, row.net)),
  moneyColumn('מע"מ', 'vat', (row) => signed(row, row.vat)),
];
