import { z } from 'zod';
import { EXPORT_FORMATS, EXPORT_KINDS, EXPORT_STATUSES, EXPORTS } from '../../domain/export.ts';
import { CURRENCIES } from '../../domain/money.ts';
import { LOCALES } from '../../domain/workspace.ts';
import type { ExportRow } from '../../db/exports.ts';
import { at, currency, id, onDay, pageOf } from '../http/answer.ts';
import type { AnswerOf } from '../http/answer.ts';
import { day, pageQuery, oneOf } from '../http/read-input.ts';

const MADE_AS = Object.entries(EXPORTS)
  .map(([kind, { formats }]) => `${kind}: ${formats.join(', ')}`)
  .join('; ');

/** What the files are, for HTTP. */
export const MEDIA_TYPES = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
  pdf: 'application/pdf',
} as const;

const options = z.strictObject({
  months: z
    .union([z.literal(1), z.literal(2)], { error: 'must be 1 or 2, the months of a VAT return' })
    .optional()
    .describe('Months of a VAT return. Default: those of `vatReturn` of the workspace, else 1.'),
  again: z
    .boolean({ error: 'must be true or false' })
    .optional()
    .describe(
      'Also documents that an earlier `hashavshevet` has. Default `false`: only what is new in these days.',
    ),
  paymentId: z
    .string({ error: 'must be the id of a payment' })
    .optional()
    .describe('Required for `patient-statement`: any payment of the patient whom it is about.'),
});

/** Body of `POST /v1/exports`. */
export const newExport = z.strictObject({
  kind: oneOf(EXPORT_KINDS),
  format: oneOf(EXPORT_FORMATS).describe(`What each kind can be had as: ${MADE_AS}.`),
  from: day.describe('First day, in the time zone of the workspace.'),
  to: day.describe('The day after the last one.'),
  locale: oneOf(LOCALES).optional().describe('Default: the locale of the workspace.'),
  currency: oneOf(CURRENCIES)
    .optional()
    .describe('Only documents in this currency. Default: the currency of the workspace.'),
  options: options.optional().describe('Settings that only some kinds have. Another kind refuses them.'),
});

/** The query of `GET /v1/exports`. */
export const exportsQuery = z.strictObject(pageQuery);

/** An export and how it stands. */
export const exportAnswer = z
  .object({
    id: id('export'),
    kind: z.enum(EXPORT_KINDS),
    format: z.enum(EXPORT_FORMATS),
    from: onDay,
    to: onDay,
    locale: z.enum(LOCALES),
    currency,
    options: z
      .object({
        months: z.int().optional(),
        again: z.boolean().optional(),
        paymentId: z.string().optional(),
      })
      .describe('What it was told beside its days.'),
    status: z.enum(EXPORT_STATUSES),
    rows: z.int().describe('Rows in the file so far.'),
    totalRows: z.int().nullable().describe('Rows that the file will have. `null` until they are counted.'),
    percent: z.int().describe('How much of the file is made. 100 is a file that can be downloaded.'),
    placeInQueue: z
      .int()
      .nullable()
      .describe(
        'How many exports come before it, of all workspaces. `null` once it has ended. Workspaces take turns.',
      ),
    fileName: z.string().nullable(),
    sizeBytes: z.int().nullable(),
    sha256: z.string().nullable(),
    failure: z.string().nullable().describe('Why there is no file.'),
    createdAt: at,
    startedAt: at.nullable(),
    completedAt: at.nullable(),
    expiresAt: at.nullable().describe('When the file is deleted.'),
  })
  .meta({ id: 'Export' });
export type ExportJson = AnswerOf<typeof exportAnswer>;

/** A page of exports. */
export const exportsAnswer = pageOf(exportAnswer);

/** @param placeInQueue undefined for one that has ended */
export function toExportJson(row: ExportRow, placeInQueue: number | undefined): ExportJson {
  return {
    id: row.id,
    kind: row.kind,
    format: row.format,
    from: row.from,
    to: row.to,
    locale: row.locale,
    currency: row.currency,
    options: row.options,
    status: row.status,
    rows: row.rows,
    totalRows: row.totalRows,
    percent: percentOf(row),
    placeInQueue: placeInQueue ?? null,
    fileName: row.fileName,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    failure: row.failure,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    completedAt: row.completedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}

/** The last percent is the file being closed. */
function percentOf({ status, rows, totalRows }: ExportRow): number {
  if (status === 'completed') return 100;
  return totalRows === null || totalRows === 0 ? 0 : Math.min(99, Math.floor((rows / totalRows) * 100));
}
