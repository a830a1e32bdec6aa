import { z } from 'zod';
import { readRows } from './rows.ts';
import type { WireTransaction, WireRows } from './rows.ts';
import { lenient, words } from './lenient.ts';

export type { WireRows, WireTransaction } from './rows.ts';

/** What `PaymentPages/ipn` can be asked by. Source: docs/reference/payplus.md, "Reading a payment back". */
export type IpnSearch = { readonly related_transaction: true } & (
  { readonly payment_request_uid: string } | { readonly transaction_uid: string }
);

/** A page as generateLink answers it. */
export const PAGE = z
  .object({ page_request_uid: z.string().min(1), payment_page_link: z.url({ protocol: /^https?$/ }) })
  .transform((page) => ({ uid: page.page_request_uid, link: page.payment_page_link }));
export type WirePage = z.infer<typeof PAGE>;

/** An answer of ipn: one transaction, its related ones, and the unreadable rows of both. */
export interface WireIpn extends WireRows {
  /** Null if only related rows could be read. */
  readonly top: WireTransaction | null;
}

/** `rows` has everything readable, the top row first. */
export const IPN = z
  .looseObject({ transaction_uid: z.string().min(1), related_transactions: lenient(z.array(z.unknown())) })
  .transform(({ related_transactions, ...first }): WireIpn => {
    const own = readRows([first]);
    const related = readRows(related_transactions ?? []);
    return {
      top: own.rows[0] ?? null,
      rows: [...own.rows, ...related.rows],
      unreadable: [...own.unreadable, ...related.unreadable],
    };
  });

/** The answer of `Transactions/View`: rows that can be read, and those that cannot. */
export const VIEW = z.array(z.unknown()).transform(readRows);

/**
 * The new transaction in the answer to a refund; its status code decides.
 * Source: docs/reference/payplus.md, "Refunds".
 */
export const REFUNDED = z
  .object({ transaction: z.object({ uid: z.string().min(1), status_code: z.string().min(1) }) })
  .transform(({ transaction }) => ({ uid: transaction.uid, statusCode: transaction.status_code }));
export type WireRefund = z.infer<typeof REFUNDED>;

/**
 * The content of a callback. Any field may be missing, because no failed callback was ever seen.
 * Source: docs/reference/payplus.md, "Callback body", "Unverified".
 */
export const CALLBACK = z
  .object({
    transaction_type: lenient(words),
    transaction: z.object({
      uid: lenient(words),
      transaction_uid: lenient(words),
      transaction_type: lenient(words),
      payment_page_request_uid: lenient(words),
      payment_request_uid: lenient(words),
      status_code: lenient(z.string()),
      more_info: lenient(words),
    }),
  })
  .transform(({ transaction_type, transaction: { status_code, more_info, ...inner } }) => ({
    uid: inner.uid ?? inner.transaction_uid,
    type: transaction_type ?? inner.transaction_type,
    statusCode: status_code,
    pageUid: inner.payment_page_request_uid ?? inner.payment_request_uid,
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
