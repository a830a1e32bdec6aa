import { createHmac } from 'node:crypto';
import type { Checkout, Transaction } from '../ledger/records.ts';
import { retell } from '../retell.ts';
import { textOrNull } from '../vendor.ts';
import type { Deal, Twist } from '../vendor.ts';
import type { Notice } from '../webhooks.ts';
import { toFlat, toNested } from './transaction-views.ts';

/**
 * Spellings that real receivers must accept: a body with line breaks, and the uid of the page under its other name.
 */
export const STYLES = ['pretty_body', 'payment_request_uid'] as const;

/**
 * The callback of one attempt. None without a callback URL, and for a declined attempt only if the page asked for it.
 */
export function toCallbacks(deal: Deal, twist: Twist): Notice[] {
  const { checkout, transaction } = deal;
  const url = textOrNull(checkout.wire['refURL_callback']);
  if (url === null || (!transaction.approved && checkout.wire['send_failure_callback'] !== true)) return [];
  const body = toBody(deal, twist);
  const key = twist.forged ? `not ${checkout.signingSecret}` : checkout.signingSecret;
  return [
    {
      url,
      headers: {
        'user-agent': 'PayPlus',
        'content-type': 'application/json;charset=utf-8',
        hash: signBody(body, key),
      },
      body,
    },
  ];
}

/**
 * Base64 of HMAC-SHA256 over the very bytes that are sent.
 * Source: docs/reference/payplus.md, "Callback delivery and signature".
 */
export const signBody = (body: string, secretKey: string): string =>
  createHmac('sha256', secretKey).update(body, 'utf8').digest('base64');

function toBody(deal: Deal, { style, truncated, like }: Twist): string {
  const honest = toNested(
    deal,
    style === 'payment_request_uid' ? 'payment_request_uid' : 'payment_page_request_uid',
  );
  const told = like === undefined ? honest : retell(like, honest);
  const body = JSON.stringify(told, null, style === 'pretty_body' ? 2 : undefined);
  return truncated ? body.slice(0, body.indexOf('"uid"')) : body;
}

/** The return address of the browser, with the flat fields of the transaction in the query, as PayPlus sends them. */
export function toReturnUrl(
  checkout: Checkout,
  outcome: 'success' | 'failure' | 'cancel',
  transaction: Transaction | null,
): string | null {
  const target = textOrNull(checkout.wire[`refURL_${outcome}`]);
  if (target === null || transaction === null) return target;
  const url = new URL(target);
  for (const [name, value] of Object.entries(toFlat({ checkout, transaction }, false))) {
    if (value !== null) url.searchParams.set(name, value as string);
  }
  return url.href;
}
