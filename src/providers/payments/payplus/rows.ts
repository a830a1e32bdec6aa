import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ZodType } from 'zod';
import type { UnreadableRow } from '../payment-provider.ts';
import { lenient, words } from './lenient.ts';

/** One transaction in either of the two spellings. Null if missing there. Amounts in major units. */
export interface WireTransaction {
  readonly uid: string;
  readonly pageUid: string | null;
  readonly type: string | null;
  /** True: the charge was voided. */
  readonly isCancelled: boolean | null;
  readonly status: string | null;
  readonly statusCode: string;
  readonly amount: number;
  readonly currency: string;
  readonly date: string;
  readonly creditTerms: string | null;
  readonly moreInfo: string | null;
  /** For a refund: our refund's id, if PayPlus echoes it. */
  readonly moreInfo1: string | null;
  readonly method: string | null;
  readonly paymentCount: number | null;
  readonly firstPayment: number | null;
  /** Each of the payments after the first. */
  readonly restPayment: number | null;
  readonly approval: string | null;
  readonly lastFour: string | null;
  readonly brandName: string | null;
  readonly payerName: string | null;
  /** A document issued by PayPlus. */
  readonly document: string | null;
}

/** Fields that decide about money; without one of them a transaction does not count. */
const money = {
  status_code: z.string().min(1),
  amount: z.number(),
  currency: z.string().min(1),
  date: z.string().min(1),
  credit_terms: lenient(words),
  more_info: lenient(words),
  more_info_1: lenient(words),
  alternative_method_name: lenient(words),
};
const card = { four_digits: lenient(words), card_holder_name: lenient(words), brand_name: lenient(words) };
/** A sum of zero says nothing: without instalments both are zero. */
const counts = {
  number_of_payments: lenient(z.number().int()),
  first_payment_amount: lenient(z.number().positive()),
  rest_payments_amount: lenient(z.number().positive()),
};

/** About money: an unknown notation makes the row unreadable. */
const FLAG = z
  .union([z.boolean(), z.literal([0, 1, '0', '1', 'true', 'false', ''])])
  .nullish()
  .transform((flag) => (flag === undefined || flag === null ? null : [true, 1, '1', 'true'].includes(flag)));

const NO_CARD = { four_digits: null, card_holder_name: null, brand_name: null };
const NO_COUNTS = { number_of_payments: null, first_payment_amount: null, rest_payments_amount: null };

/**
 * The spelling of `Transactions/View` and of callbacks: the same nesting, other names for id and kind. Sources
 * disagree about which View uses, so both are read.
 * Source: docs/reference/payplus.md, "Searching by our id", "Callback body".
 */
const NESTED = z
  .object({
    transaction_type: lenient(words),
    transaction: z
      .object({
        ...money,
        transaction_uid: lenient(words),
        uid: lenient(words),
        transaction_type: lenient(words),
        transaction_is_cancelled: FLAG,
        payment_page_request_uid: lenient(words),
        payment_request_uid: lenient(words),
        payments: z.object(counts).catch(NO_COUNTS),
        approval_number: lenient(words),
      })
      .transform(({ transaction_uid, uid, ...rest }) => ({ ...rest, uid: transaction_uid ?? uid }))
      .refine(({ uid }) => uid !== null, { path: ['transaction_uid'] }),
    data: z.object({ card_information: z.object(card).catch(NO_CARD) }).catch({ card_information: NO_CARD }),
    invoice: lenient(
      z
        .object({ docu_number: lenient(words), uuid: lenient(words) })
        .transform(({ docu_number, uuid }) => docu_number ?? uuid ?? 'unnumbered'),
    ),
  })
  .transform(
    ({ transaction_type, transaction, data: { card_information: card }, invoice }): WireTransaction => ({
      ...toCore(transaction),
      uid: transaction.uid ?? '',
      pageUid: transaction.payment_page_request_uid ?? transaction.payment_request_uid,
      type: transaction.transaction_type ?? transaction_type,
      isCancelled: transaction.transaction_is_cancelled,
      status: null,
      ...toCounts(transaction.payments),
      method: transaction.alternative_method_name,
      approval: transaction.approval_number,
      lastFour: card.four_digits,
      brandName: card.brand_name,
      payerName: card.card_holder_name,
      document: invoice,
    }),
  );

/** The spelling of PaymentPages/ipn. Source: docs/reference/payplus.md, "Reading a payment back". */
const FLAT = z
  .object({
    ...money,
    ...card,
    ...counts,
    transaction_uid: z.string().min(1),
    page_request_uid: lenient(words),
    type: lenient(words),
    status: z
      .string()
      .nullish()
      .transform((value) => value || null),
    method: lenient(words),
    approval_num: lenient(words),
    customer_name: lenient(words),
    invoice_uuid: lenient(words),
  })
  .transform((flat): WireTransaction => ({
    ...toCore(flat),
    uid: flat.transaction_uid,
    pageUid: flat.page_request_uid,
    type: flat.type,
    isCancelled: null,
    status: flat.status,
    method: flat.alternative_method_name ?? flat.method,
    ...toCounts(flat),
    approval: flat.approval_num,
    lastFour: flat.four_digits,
    brandName: flat.brand_name,
    payerName: flat.customer_name ?? flat.card_holder_name,
    document: flat.invoice_uuid,
  }));

type Core = Pick<z.infer<z.ZodObject<typeof money>>, Exclude<keyof typeof money, 'alternative_method_name'>>;

function toCore({ status_code, amount, currency, date, ...info }: Core) {
  return {
    statusCode: status_code,
    amount,
    currency,
    date,
    creditTerms: info.credit_terms,
    moreInfo: info.more_info,
    moreInfo1: info.more_info_1,
  };
}

function toCounts(told: typeof NO_COUNTS | z.infer<z.ZodObject<typeof counts>>) {
  return {
    paymentCount: told.number_of_payments,
    firstPayment: told.first_payment_amount,
    restPayment: told.rest_payments_amount,
  };
}

/** The readable rows; an unreadable row does not hide the others. */
export interface WireRows {
  readonly rows: readonly WireTransaction[];
  readonly unreadable: readonly UnreadableRow[];
}

/** Reads rows one by one. The spelling of related rows is undocumented, so each may be either. */
export function readRows(rows: readonly unknown[]): WireRows {
  const read = rows.map((row) => ({ row, result: shapeOf(row).safeParse(row) }));
  return {
    rows: read.flatMap(({ result }) => result.data ?? []),
    unreadable: read.flatMap(({ row, result }) =>
      result.success ? [] : [toUnreadable(row, result.error.issues[0]?.path ?? [])],
    ),
  };
}

const shapeOf = (row: unknown): ZodType<WireTransaction> =>
  z.object({ transaction: z.looseObject({}) }).safeParse(row).success ? NESTED : FLAT;

const NAMED = z.object({ transaction_uid: lenient(words), uid: lenient(words) });

function toUnreadable(row: unknown, path: readonly PropertyKey[]): UnreadableRow {
  const inner = z.object({ transaction: z.unknown() }).safeParse(row).data?.transaction;
  const { transaction_uid = null, uid = null } = NAMED.safeParse(inner ?? row).data ?? {};
  const hash = createHash('sha256').update(JSON.stringify(row ?? null));
  return {
    rowId: transaction_uid ?? uid ?? hash.digest('hex'),
    problem: `its ${path.map(String).join('.') || 'shape'} cannot be read`,
  };
}
