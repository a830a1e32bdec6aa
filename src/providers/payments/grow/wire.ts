import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { UnreadableRow } from '../payment-provider.ts';

/**
 * An answer: a success with data, a failure with Grow's error id, or neither.
 * Source: docs/reference/grow.md, "Envelope".
 */
export type Envelope =
  | { readonly kind: 'success'; readonly data: unknown }
  | { readonly kind: 'refusal'; readonly id: string }
  | { readonly kind: 'unreadable' };

/**
 * Ids and sums come as text or as numbers, sometimes with stray spaces.
 * Source: docs/reference/grow.md, "Callback".
 */
const text = z.union([z.string(), z.number().transform(String)]).transform((value) => value.trim());
const needed = text.refine((value) => value !== '');
/** An odd or empty informative field must not make a whole answer unreadable: it counts as missing. */
const optional = text
  .nullish()
  .catch(null)
  .transform((value) => value || null);

const ENVELOPE = z.object({ status: text, err: z.unknown(), data: z.unknown() });
const ERR = z.object({ id: needed });

/** The body decides, not the HTTP status. */
export function readEnvelope(body: string): Envelope {
  const answer = ENVELOPE.safeParse(readJson(body)).data;
  if (answer === undefined) return { kind: 'unreadable' };
  const err = ERR.safeParse(answer.err).data;
  if (answer.status === '0' && err !== undefined) return { kind: 'refusal', id: err.id };
  const isClean = answer.err === '' || answer.err === null || answer.err === undefined;
  if (answer.status === '1' && isClean) return { kind: 'success', data: answer.data };
  return { kind: 'unreadable' };
}

/** A page as createPaymentProcess answers it. Source: docs/reference/grow.md, "Making a page". */
export const PAGE = z.object({
  processId: needed,
  processToken: needed,
  url: z.url({ protocol: /^https?$/ }),
});
export type WirePage = z.infer<typeof PAGE>;

const CUSTOM = z
  .object({ cField1: optional })
  .nullish()
  .catch(null)
  .transform((custom) => custom?.cField1 ?? null);

/**
 * One row. Sums are decimal text in shekels; null if missing.
 * Source: docs/reference/grow.md, "Callback", "Reading a payment back", "Refunds".
 */
const ROW = z.object({
  transactionId: needed,
  statusCode: needed,
  sum: optional,
  paymentDate: optional,
  transactionToken: optional,
  transactionTypeId: optional,
  paymentType: optional,
  firstPaymentSum: optional,
  periodicalPaymentSum: optional,
  allPaymentsNum: optional,
  asmachta: optional,
  fullName: optional,
  cardSuffix: optional,
  cardBrand: optional,
  cardBrandCode: optional,
  refundedTransactionId: optional,
});

/** A row together with the data of its process. */
export type WireTransaction = z.infer<typeof ROW> & {
  readonly processId: string | null;
  readonly reference: string | null;
};

/** A process and its transactions. */
export const PROCESS = z
  .object({
    processId: needed,
    customField: CUSTOM,
    customFields: CUSTOM,
    transactions: z.array(z.unknown()).nullish(),
  })
  .transform(({ processId, customField, customFields, transactions }): WireProcess => {
    const read = (transactions ?? []).map((row) => ({ row, ...ROW.safeParse(row) }));
    const whose = { processId, reference: customField ?? customFields };
    return {
      rows: read.flatMap(({ data }) => (data === undefined ? [] : [{ ...data, ...whose }])),
      unreadable: read.flatMap(({ row, error }) => (error === undefined ? [] : [toUnreadable(row, error)])),
    };
  });

/** The readable rows of a process; an unreadable row does not hide the others. */
export interface WireProcess {
  readonly rows: readonly WireTransaction[];
  readonly unreadable: readonly UnreadableRow[];
}

function toUnreadable(row: unknown, { issues }: z.ZodError): UnreadableRow {
  const { transactionId } = z.object({ transactionId: optional }).safeParse(row).data ?? {
    transactionId: null,
  };
  const hash = createHash('sha256').update(JSON.stringify(row ?? null));
  const field = issues[0]?.path.join('.') || 'shape';
  return { rowId: transactionId ?? hash.digest('hex'), problem: `its ${field} cannot be read` };
}

/** A transaction by its own id: the row, and the flat fields unchanged, which approveTransaction wants back. */
export const TRANSACTION = ROW.extend({ processId: optional, customField: CUSTOM, customFields: CUSTOM })
  .loose()
  .transform((info) => {
    const row: WireTransaction = { ...info, reference: info.customField ?? info.customFields };
    return { row, fields: toFields(info) };
  });
export type WireTransactionInfo = z.infer<typeof TRANSACTION>;

/** The record of a new refund. Source: docs/reference/grow.md, "Refunds". */
export const REFUNDED = z.object({ transactionId: needed, statusCode: needed });
export type WireRefund = z.infer<typeof REFUNDED>;

/** All fields that approveTransaction lists. Source: docs/reference/grow.md, "Approving a charge". */
const APPROVED_FIELDS = [
  ...['transactionId', 'transactionToken', 'transactionTypeId', 'paymentType', 'sum', 'firstPaymentSum'],
  ...['periodicalPaymentSum', 'paymentsNum', 'allPaymentsNum', 'paymentDate', 'asmachta', 'description'],
  ...['fullName', 'payerPhone', 'payerEmail', 'cardSuffix', 'cardType', 'cardTypeCode', 'cardBrand'],
  ...['cardBrandCode', 'cardExp', 'processId', 'processToken'],
  ...['paymentLinkProcessId', 'paymentLinkProcessToken'],
];

function toFields(row: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    APPROVED_FIELDS.flatMap((name) => {
      const value = row[name];
      if (typeof value === 'number') return [[name, String(value)]];
      return typeof value === 'string' && value !== '' ? [[name, value.trim()]] : [];
    }),
  );
}

/** Undefined when the text is no JSON. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What a table says of a word of Grow; undefined for a word that is not in it. */
export function meaningOf<T>(table: Readonly<Record<string, T>>, word: string | null): T | undefined {
  return word !== null && Object.hasOwn(table, word) ? table[word] : undefined;
}
