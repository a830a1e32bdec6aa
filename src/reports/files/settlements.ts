import { readSettlements, sumSettlements } from '../../db/settlement-rows.ts';
import type { SettlementRow, SettlementSum } from '../../db/settlement-rows.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import { countColumn, dayColumn, moneyColumn, textColumn, toSheet } from './table.ts';
import type { Column } from './table.ts';
import { KIND_WORDS } from './words.ts';

/** What providers took and paid out: a line a payout, and the documents under it. */
export async function readSettlementSheets({ tx, workspace, order }: Source): Promise<Contents> {
  const of = { ...order, workspaceId: workspace.id };
  const sums = await sumSettlements(tx, of);
  return {
    totalRows: sums.length,
    sheets: [
      toSheet({ name: KIND_WORDS.settlements, columns: SUM_COLUMNS, rows: [sums] }),
      toSheet({
        name: { he: 'מסמכים', en: 'Documents' },
        columns: ROW_COLUMNS,
        rows: readSettlements(tx, of),
      }),
    ],
  };
}

const balance = ({ gross, refunds }: SettlementSum): number => gross - refunds;

const SUM_COLUMNS: readonly Column<SettlementSum>[] = [
  textColumn('ספק', 'provider', ({ provider }) => provider),
  dayColumn('מועד זיכוי', 'settledOn', ({ settledOn }) => settledOn),
  countColumn('מסמכים', 'documents', ({ count }) => count),
  moneyColumn('ברוטו', 'gross', ({ gross }) => gross),
  moneyColumn('החזרים', 'refunds', ({ refunds }) => 0 - refunds),
  moneyColumn('עמלה', 'fee', ({ fee }) => (fee === null ? null : 0 - fee)),
  moneyColumn('נטו לבנק', 'net', (sum) => (sum.settledOn === null ? null : balance(sum) - (sum.fee ?? 0))),
  moneyColumn('טרם זוכה או שלא נמסר', 'notSettled', (sum) => (sum.settledOn === null ? balance(sum) : null)),
];

const ROW_COLUMNS: readonly Column<SettlementRow>[] = [
  textColumn('ספק', 'provider', ({ provider }) => provider),
  dayColumn('מועד זיכוי', 'settledOn', ({ settledOn }) => settledOn),
  textColumn('מסמך', 'document', ({ type, number }) => displayNumber(type, number)),
  dayColumn('תאריך מסמך', 'documentDate', ({ documentDate }) => documentDate),
  textColumn('מזהה עסקה אצל הספק', 'providerTransactionId', (row) => row.providerTransactionId, 32),
  moneyColumn('ברוטו', 'gross', ({ isCredit, total }) => (isCredit ? 0 : total)),
  moneyColumn('החזרים', 'refunds', ({ isCredit, total }) => (isCredit ? 0 - total : 0)),
  moneyColumn('עמלה', 'fee', ({ fee }) => (fee === null ? null : 0 - fee)),
];
