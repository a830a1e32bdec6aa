import type { Fields } from './ledger/records.ts';
import type { Twist, WebhookMode } from './vendor.ts';
import type { Notice } from './webhooks.ts';

/** How the payer pays and how the vendor then behaves. */
export interface PayOrder {
  webhook: WebhookMode;
  /** For `late`. */
  delayMs: number;
  /** For `duplicate`: how many in all. */
  copies: number;
  /** If null, the card of the page is used; if it takes no card, its first method. */
  method: string | null;
  /** Several means for one payment, such as a gift card and a card for the rest; amounts in minor units. Null: one means. */
  parts: { method: string; amount: number }[] | null;
  installments: number;
  /** Read-backs show the transaction only after this long. */
  readBackDelayMs: number;
  /** One of the vendor's spellings of its webhook, null for the usual one. */
  style: string | null;
  /** The fields of a stored webhook that this one is to have, about this payment. */
  like?: Fields;
}

/** The default: the payer pays at once, and the vendor sends one webhook. */
export const HONEST_ORDER: PayOrder = {
  webhook: 'once',
  delayMs: 5_000,
  copies: 2,
  method: null,
  parts: null,
  installments: 1,
  readBackDelayMs: 0,
  style: null,
};

export const toTwist = ({ webhook, delayMs, style, like }: PayOrder): Twist => ({
  forged: webhook === 'bad_signature',
  truncated: webhook === 'truncated',
  stale: webhook === 'stale_timestamp',
  delayMs: webhook === 'late' ? delayMs : 0,
  style,
  like,
});

/**
 * Which webhooks go out together, and which wait for others. `rejections` belong to an older failed attempt; only
 * `out_of_order` has any.
 */
export function toBatches(
  { webhook, copies }: PayOrder,
  notices: Notice[],
  rejections: Notice[],
): Notice[][] {
  const inOrder = notices.map((notice) => [notice]);
  if (webhook === 'never') return [];
  if (webhook === 'duplicate') return notices.map((notice) => Array.from({ length: copies }, () => notice));
  if (webhook !== 'out_of_order') return inOrder;
  return rejections.length > 0 ? [...inOrder, ...rejections.map((notice) => [notice])] : inOrder.reverse();
}
