import type { Day } from './calendar.ts';
import type { Currency } from './money.ts';
import type { Locale } from './workspace.ts';

/** Formats of the files that can be exported. Not every kind has each. */
export const EXPORT_FORMATS = ['xlsx', 'csv', 'zip', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What only some kinds of file can be told. */
export interface ExportOptions {
  /** Months of a VAT return. */
  readonly months?: 1 | 2;
  /** Also the documents that an earlier export has handed over. */
  readonly again?: boolean;
  /** A payment of the patient whom the file is about. Their name and number are not repeated in an order, which is kept. */
  readonly paymentId?: string;
}

/** What is known of a kind of file before it is made. */
export interface KindOfExport {
  /** The forms in which it can be had. The first is the default. */
  readonly formats: readonly ExportFormat[];
  /** The options that it takes. Default: none. */
  readonly options?: readonly (keyof ExportOptions)[];
  /** What its file is called. Default: the kind. */
  readonly fileWord?: string;
  /** Its days must be one whole month, or whole periods: those of a VAT return, or years. */
  readonly whole?: 'month' | 'returns' | 'years';
  /** For whom only real documents of an Israeli dealer in shekels will do. */
  readonly isOfficial?: true;
  /** Whether a document goes out once, unless it is asked for again. */
  readonly handsOver?: true;
  /** Whether it is about the patient of `options.paymentId`. */
  readonly isOfPatient?: true;
}

const SHEETS = ['xlsx', 'csv'] as const;

/** Every kind of file, a line each. How it is made stands in `reports/files/kinds.ts`, a line each too. */
export const EXPORTS = {
  transactions: { formats: SHEETS },
  documents: { formats: SHEETS },
  vat: { formats: SHEETS, options: ['months'], whole: 'returns' },
  gaps: { formats: SHEETS },
  receipts: { formats: SHEETS },
  settlements: { formats: SHEETS },
  credits: { formats: SHEETS },
  allocation: { formats: SHEETS },
  withholding: { formats: SHEETS },
  'journal-appendix-vav': { formats: SHEETS },
  'patient-statement': { formats: ['pdf'], options: ['paymentId'], isOfPatient: true },
  year: { formats: SHEETS, whole: 'years' },
  audit: { formats: SHEETS },
  month: { formats: ['pdf'], whole: 'month' },
  bundle: { formats: ['zip'], options: ['months'], whole: 'returns', fileWord: 'accountant' },
  hashavshevet: { formats: ['zip'], options: ['again'], isOfficial: true, handsOver: true },
  'pcn874-sales': { formats: SHEETS, options: ['months'], whole: 'returns', isOfficial: true },
  'uniform-structure': { formats: ['zip'], isOfficial: true },
} as const satisfies Readonly<Record<string, KindOfExport>>;

export type ExportKind = keyof typeof EXPORTS;
/** Kinds of exports, in the order of `EXPORTS`. */
export const EXPORT_KINDS = Object.keys(EXPORTS) as [ExportKind, ...ExportKind[]];

/** The line of a kind in the table. */
export const kindOf = (kind: ExportKind): KindOfExport => EXPORTS[kind];

/** How an export stands. The last three are final. */
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
  readonly options: ExportOptions;
}

/**
 * `123456782_transactions_20260101_20260131.csv`. The last day is in the range, as bookkeepers expect.
 * Source: the accountants' files, "Common rules for every file".
 */
export function exportFileName(order: Omit<ExportOrder, 'options'>, taxId: string): string {
  const days = [order.from, dayBefore(order.to)].map((day) => day.replaceAll('-', ''));
  return `${[taxId.padStart(9, '0'), kindOf(order.kind).fileWord ?? order.kind, ...days].join('_')}.${order.format}`;
}

/** The day before. */
export function dayBefore(day: Day): Day {
  const before = new Date(`${day}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return before.toISOString().slice(0, 10);
}
