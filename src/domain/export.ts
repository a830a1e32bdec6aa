import type { Day } from './calendar.ts';
import type { Currency } from './money.ts';
import type { Locale } from './workspace.ts';

/** What may be in a file, and the forms in which it can be had. The first form is the default. */
export const FORMATS_OF = {
  transactions: ['xlsx', 'csv'],
  'uniform-structure': ['zip'],
} as const;

export const EXPORT_FORMATS = ['xlsx', 'csv', 'zip'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type ExportKind = keyof typeof FORMATS_OF;
export const EXPORT_KINDS = Object.keys(FORMATS_OF) as [ExportKind, ...ExportKind[]];

/** Whether this file can be had in this form. */
export function isMadeAs(kind: ExportKind, format: ExportFormat): boolean {
  return (FORMATS_OF[kind] as readonly ExportFormat[]).includes(format);
}

export const EXPORT_STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

/** Days until the file of an export is deleted. */
export const FILE_DAYS = 7;

/** What is asked for. The range is half-open, in days of the workspace's time zone. */
export interface ExportOrder {
  readonly kind: ExportKind;
  readonly format: ExportFormat;
  readonly from: Day;
  readonly to: Day;
  readonly locale: Locale;
  readonly currency: Currency;
}

/**
 * `123456782_transactions_20260101_20260131.csv`. The last day is in the range, as bookkeepers expect.
 * Source: the accountants' files, "Common rules for every file".
 */
export function exportFileName(order: ExportOrder, taxId: string): string {
  const days = [order.from, dayBefore(order.to)].map((day) => day.replaceAll('-', ''));
  return `${[taxId.padStart(9, '0'), order.kind, ...days].join('_')}.${order.format}`;
}

/** The day before. */
export function dayBefore(day: Day): Day {
  const before = new Date(`${day}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return before.toISOString().slice(0, 10);
}
