import { z } from 'zod';
import type { ZodType } from 'zod';

/** What `PaymentPages/ipn` is asked by. Source: §3.1. */
export type IpnSearch =
  | { readonly payment_request_uid: string; readonly related_transaction: true }
  | { readonly transaction_uid: string };

/** A page as generateLink answers it. */
export const PAGE = z
  .object({ page_request_uid: z.string().min(1), payment_page_link: z.url({ protocol: /^https?$/ }) })
  .transform((page) => ({ uid: page.page_request_uid, link: page.payment_page_link }));
export type WirePage = z.infer<typeof PAGE>;

/** Nothing that only informs may make a whole answer unreadable: what is odd there counts as not said. */
export const told = <T>(schema: ZodType<T>) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
export const words = z.union([z.string().min(1), z.number().transform(String)]);

/** What decides about money; without one of these a transaction cannot be believed. */
const money = {
  status_code: z.string().min(1),
  amount: z.number(),
  currency: z.string().min(1),
  date: z.string().min(1),
  credit_terms: told(words),
  more_info: told(words),
  alternative_method_name: told(words),
};
const card = { four_digits: told(words), card_holder_name: told(words), brand_name: told(words) };

const NO_CARD = { four_digits: null, card_holder_name: null, brand_name: null };
const NO_COUNTS = { number_of_payments: null, first_payment_amount: null, rest_payments_amount: null };

/** One transaction, whichever of the two spellings it came in. Null: not said there. Amounts in major units. */
export interface WireTransaction {
  readonly uid: string;
  readonly pageUid: string | null;
  readonly type: string | null;
  readonly status: string | null;
  readonly statusCode: string;
  readonly amount: number;
  readonly currency: string;
  readonly date: string;
  readonly creditTerms: string | null;
  readonly moreInfo: string | null;
  readonly method: string | null;
  readonly paymentCount: number | null;
  readonly firstPayment: number | null;
  /** Each of the payments after the first. */
  readonly restPayment: number | null;
  readonly approval: string | null;
  readonly lastFour: string | null;
  readonly brandName: string | null;
  readonly payerName: string | null;
  /** A document of PayPlus's own. */
  readonly document: string | null;
}

/** As callbacks and Transactions/View spell it. Source: §3.2, §4.2. */
const NESTED = z
  .object({
    transaction_type: told(words),
    transaction: z.object({
      ...money,
      uid: z.string().min(1),
      payment_page_request_uid: told(words),
      payment_request_uid: told(words),
      payments: z
        .object({
          number_of_payments: told(z.number().int()),
          first_payment_amount: told(z.number()),
          rest_payments_amount: told(z.number()),
        })
        .catch(NO_COUNTS),
      approval_number: told(words),
    }),
    data: z.object({ card_information: z.object(card).catch(NO_CARD) }).catch({ card_information: NO_CARD }),
    invoice: told(
      z
        .object({ docu_number: told(words), uuid: told(words) })
        .transform(({ docu_number, uuid }) => docu_number ?? uuid ?? 'unnumbered'),
    ),
  })
  .transform(
    ({ transaction_type, transaction, data: { card_information: card }, invoice }): WireTransaction => ({
      uid: transaction.uid,
      pageUid: transaction.payment_page_request_uid ?? transaction.payment_request_uid,
      type: transaction_type,
      status: null,
      ...toCore(transaction),
      paymentCount: transaction.payments.number_of_payments,
      firstPayment: transaction.payments.first_payment_amount,
      restPayment: transaction.payments.rest_payments_amount,
      method: transaction.alternative_method_name,
      approval: transaction.approval_number,
      lastFour: card.four_digits,
      brandName: card.brand_name,
      payerName: card.card_holder_name,
      document: invoice,
    }),
  );

/** As PaymentPages/ipn spells it. Source: §3.1. */
const FLAT = z
  .object({
    ...money,
    ...card,
    transaction_uid: z.string().min(1),
    page_request_uid: told(words),
    type: told(words),
    status: z
      .string()
      .nullish()
      .transform((value) => value || null),
    method: told(words),
    number_of_payments: told(z.number().int()),
    approval_num: told(words),
    customer_name: told(words),
    invoice_uuid: told(words),
  })
  .transform((flat): WireTransaction => ({
    uid: flat.transaction_uid,
    pageUid: flat.page_request_uid,
    type: flat.type,
    status: flat.status,
    ...toCore(flat),
    method: flat.alternative_method_name ?? flat.method,
    paymentCount: flat.number_of_payments,
    firstPayment: null,
    restPayment: null,
    approval: flat.approval_num,
    lastFour: flat.four_digits,
    brandName: flat.brand_name,
    payerName: flat.customer_name ?? flat.card_holder_name,
    document: flat.invoice_uuid,
  }));

/** An answer of ipn as the transactions in it. How related ones are spelt is undocumented: both spellings are read. */
export const IPN = z
  .object({ related_transactions: told(z.array(z.unknown())) })
  .and(FLAT.transform((transaction) => ({ transaction })))
  .transform(({ transaction, related_transactions }) => [
    transaction,
    ...(related_transactions ?? []).flatMap(
      (related) => z.union([FLAT, NESTED]).safeParse(related).data ?? [],
    ),
  ]);

export const VIEW = z.array(NESTED);

/** What a refund's answer says of the new transaction; its status code decides. Source: §6.1. */
export const REFUNDED = z
  .object({ transaction: z.object({ uid: z.string().min(1), status_code: z.string().min(1) }) })
  .transform(({ transaction }) => ({ uid: transaction.uid, statusCode: transaction.status_code }));
export type WireRefund = z.infer<typeof REFUNDED>;

interface Core {
  status_code: string;
  amount: number;
  currency: string;
  date: string;
  credit_terms: string | null;
  more_info: string | null;
}

function toCore({ status_code, amount, currency, date, credit_terms, more_info }: Core) {
  return { statusCode: status_code, amount, currency, date, creditTerms: credit_terms, moreInfo: more_info };
}

/** What a callback says of itself; any of it may be missing, because no failed one was ever seen. Source: §4.2, §9. */
export const CALLBACK = z
  .object({
    transaction_type: told(words),
    transaction: z.object({
      uid: told(words),
      payment_page_request_uid: told(words),
      payment_request_uid: told(words),
      status_code: told(z.string()),
      more_info: told(words),
    }),
  })
  .transform(({ transaction_type: type, transaction: { uid, status_code, more_info, ...page } }) => ({
    uid,
    type,
    statusCode: status_code,
    pageUid: page.payment_page_request_uid ?? page.payment_request_uid,
    moreInfo: more_info,
  }));
export type WireCallback = z.infer<typeof CALLBACK>;

/** Undefined when the text is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
