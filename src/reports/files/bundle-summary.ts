import { OF_MONEY, sumRevenue } from '../../db/report-sums.ts';
import { listNumbersInRange } from '../../db/transaction-rows.ts';
import { sumMinor } from '../../domain/money.ts';
import type { PrintedReport, PrintedTable } from '../../domain/printed-report.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { revenueReport } from '../revenue.ts';
import type { RevenuePart } from '../revenue.ts';
import { amountText, say, warningsOf } from './bundle-warnings.ts';
import { detailsOf, END_MARK } from './details.ts';
import type { Source } from './source.ts';
import { readVatLines, turnoverOf } from './vat-lines.ts';
import type { VatLine } from './vat-lines.ts';
import { inWords, KIND_WORDS, METHOD_WORDS, TOTAL, TYPE_WORDS } from './words.ts';

/** The first page of an accountant's month: sums, numbers and warnings. */
export async function readBundleSummary(source: Source): Promise<PrintedReport> {
  const { tx, workspace, order } = source;
  const { locale } = order;
  const of = { ...order, workspaceId: workspace.id };
  const numbers = await listNumbersInRange(tx, of);
  const lines = await readVatLines(source);
  // Cheques that are not due are money that came, and no sale yet.
  const { totals } = revenueReport(await sumRevenue(tx, of, OF_MONEY), order, 'year');
  const details = detailsOf({ ...source, numbers: [], madeAt: new Date() });
  return {
    locale,
    title: KIND_WORDS.bundle[locale],
    facts: details.map(({ about, text }) => [about[locale], text]),
    warningsTitle: say('לתשומת לב', 'Please look at', locale),
    warnings: await warningsOf(source, lines),
    tables: [
      vatTable(lines, source),
      methodTable(totals.byMethod, source),
      {
        title: say('מסמכים', 'Documents', locale),
        heads: [
          say('סוג', 'Type', locale),
          say('ראשון', 'First', locale),
          say('אחרון', 'Last', locale),
          say('כמות', 'Count', locale),
        ],
        rows: numbers.map(({ type, first, last, count }) => [
          TYPE_WORDS[type][locale],
          displayNumber(type, first),
          displayNumber(type, last),
          String(count),
        ]),
      },
    ],
    end: END_MARK[locale],
  };
}

function vatTable(lines: readonly VatLine[], source: Source): PrintedTable {
  const { locale } = source.order;
  const columns: readonly (readonly [string, (line: VatLine) => number])[] = [
    [say('חייבות', 'Taxable', locale), (line) => line.taxable],
    [say('מע"מ', 'VAT', locale), (line) => line.vat],
    [say('שיעור אפס', 'Zero-rated', locale), (line) => line.zeroRated],
    [say('פטורות', 'Exempt', locale), (line) => line.exempt],
    [say('מחזור למקדמות', 'Turnover', locale), turnoverOf],
  ];
  const toRow = (name: string, own: readonly VatLine[]): readonly string[] => [
    name,
    ...columns.map(([, figure]) => amountText(sumMinor(own.map(figure)), source)),
  ];
  return {
    title: say('עסקאות ומע"מ', 'Sales and VAT', locale),
    heads: [say('תקופה ושיעור', 'Period and rate', locale), ...columns.map(([head]) => head)],
    rows: [
      ...lines.map((line) => toRow(`${line.period} · ${line.rateBp / 100}%`, [line])),
      toRow(TOTAL[locale], lines),
    ],
  };
}

function methodTable(byMethod: Readonly<Record<string, RevenuePart>>, source: Source): PrintedTable {
  const { locale } = source.order;
  const parts = Object.entries(byMethod);
  const toRow = (name: string, own: readonly RevenuePart[]): readonly string[] => {
    const [gross, refunds] = [sumMinor(own.map((one) => one.gross)), sumMinor(own.map((one) => one.refunds))];
    return [name, ...[gross, 0 - refunds, gross - refunds].map((sum) => amountText(sum, source))];
  };
  return {
    title: say('תקבולים לפי אמצעי', 'Receipts by means', locale),
    heads: [
      say('אמצעי', 'Means', locale),
      say('תקבולים', 'Received', locale),
      say('החזרים', 'Refunds', locale),
      say('נטו', 'Net', locale),
    ],
    rows: [
      ...parts.map(([code, part]) => toRow(inWords(code, METHOD_WORDS, locale), [part])),
      toRow(
        TOTAL[locale],
        parts.map(([, part]) => part),
      ),
    ],
  };
}
