import { countAllocations, readAllocations } from '../../db/allocation-rows.ts';
import type { AllocationRow } from '../../db/allocation-rows.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { Contents } from './sheets-file.ts';
import type { Source } from './source.ts';
import { dayColumn, moneyColumn, textColumn, toSheet } from './table.ts';
import type { Column, Manner } from './table.ts';
import { KIND_WORDS } from './words.ts';

/**
 * Invoices that need an allocation number or have one.
 * Source: docs/reference/israel-tax.md, "When an allocation number is needed".
 */
export async function readAllocationSheet({ tx, workspace, order }: Source): Promise<Contents> {
  const of = { ...order, workspaceId: workspace.id };
  const columns = columnsIn({ ...order, timeZone: workspace.timeZone });
  return {
    totalRows: (await countAllocations(tx, of)).count,
    sheets: [toSheet({ name: KIND_WORDS.allocation, columns, rows: readAllocations(tx, of) })],
  };
}

function columnsIn({ locale, timeZone }: Manner): readonly Column<AllocationRow>[] {
  const missing = { he: 'חסר', en: 'missing' }[locale];
  return [
    textColumn('מסמך', 'document', ({ type, number }) => displayNumber(type, number)),
    dayColumn('תאריך מסמך', 'documentDate', ({ documentDate }) => documentDate),
    textColumn('לקוח', 'customer', ({ customer }) => customer, 24),
    textColumn('ת.ז./ח.פ./עוסק', 'customerId', ({ customerId }) => customerId),
    moneyColumn('לפני מע"מ', 'net', ({ net }) => net),
    moneyColumn('מע"מ', 'vat', ({ vat }) => vat),
    {
      ...moneyColumn<AllocationRow>('סף באותו יום (לפני מע"מ)', 'threshold', ({ threshold }) => threshold),
      isSummed: false,
    },
    textColumn('מספר הקצאה', 'allocationNumber', ({ allocationNumber }) => allocationNumber),
    dayColumn('נקלט ביום', 'enteredOn', ({ enteredAt: at }) => at && dayInZone(at, timeZone)),
    textColumn('חסר', 'missing', ({ allocationNumber }) => (allocationNumber === null ? missing : null)),
  ];
}
