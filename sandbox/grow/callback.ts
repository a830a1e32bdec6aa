import { randomBytes } from 'node:crypto';
import type { Checkout, Fields } from '../ledger/records.ts';
import { retell } from '../retell.ts';
import { HONEST, textOrNull } from '../vendor.ts';
import type { Deal, Twist } from '../vendor.ts';
import type { Notice } from '../webhooks.ts';
import { standingOf, toCustomFields, toDetails } from './transaction-views.ts';

/** Spellings that real receivers must accept. Source: docs/reference/grow.md, "Callback". */
export const STYLES = ['flat', 'json', 'multipart', 'stray_spaces'] as const;

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The callback of a payment. Grow sends none for a declined card. */
export const toCallbacks = (deal: Deal, twist: Twist): Notice[] =>
  deal.transaction.approved ? toNotices(deal, twist) : [];

/** What Grow would send for a declined attempt if it sent anything. */
export const toRejection = (deal: Deal): Notice[] => toNotices(deal, HONEST);

/**
 * The return address of the browser: Grow appends without checking for a query.
 * Source: docs/reference/grow.md, "Making a page".
 */
export function toReturnUrl({ wire }: Checkout, outcome: 'success' | 'failure' | 'cancel'): string | null {
  if (outcome === 'failure') return null;
  if (outcome === 'cancel') return textOrNull(wire['cancelUrl']);
  const custom = Object.entries(toCustomFields({ wire } as Checkout));
  const query = custom.map(([name, value]) => `&${name}=${encodeURIComponent(String(value))}`);
  return `${String(wire['successUrl'])}&response=success${query.join('')}`;
}

function toNotices(deal: Deal, twist: Twist): Notice[] {
  const url = textOrNull(deal.checkout.wire['notifyUrl']);
  return url === null ? [] : [{ url, ...toMessage(toBody(deal, twist), twist) }];
}

/** In the order of Grow's sample: nothing before `transactionId` names the payment. */
function toBody({ checkout, transaction }: Deal, { forged }: Twist): Fields {
  const { transactionId, transactionToken, ...rest } = toDetails(
    { checkout, transaction },
    standingOf(transaction, false),
  );
  return {
    ...rest,
    transactionId,
    transactionToken,
    processId: checkout.id,
    processToken: forged ? randomBytes(16).toString('hex') : checkout.signingSecret,
    payerBankAccountDetails: '',
    customFields: toCustomFields(checkout),
  };
}

function toMessage(body: Fields, { style, truncated, like }: Twist): Pick<Notice, 'headers' | 'body'> {
  if (style === 'json') {
    const text = JSON.stringify({ err: '', status: '1', data: body });
    return {
      headers: { 'content-type': 'application/json' },
      body: truncated ? text.slice(0, text.indexOf('"transactionId"')) : text,
    };
  }
  const pairs = style === 'flat' ? toPairs(body, '') : toPairs(body, 'data');
  const shown = style === 'stray_spaces' ? pairs.map(([name, value]) => [name, ` ${value}`] as const) : pairs;
  const honest: Pair[] = [['err', ''], ['status', '1'], ...shown];
  const all = like === undefined ? honest : toPairs(retell(like, Object.fromEntries(honest)), '');
  const kept = truncated
    ? all.slice(
        0,
        all.findIndex(([name]) => name.includes('transactionId')),
      )
    : all;
  if (style === 'multipart') return toMultipart(kept, truncated);
  const form = new URLSearchParams(kept.map(([name, value]): [string, string] => [name, value])).toString();
  return { headers: { 'content-type': FORM_TYPE }, body: truncated ? `${form}&data%5Btransac` : form };
}

type Pair = readonly [name: string, value: string];

/** `{ sum: "1" }` in `data` → `data[sum]`; without a parent the names stand alone. Empty lists have no field. */
function toPairs(value: unknown, name: string): Pair[] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    toPairs(inner, name === '' ? key : `${name}[${key}]`),
  );
}

function toMultipart(pairs: readonly Pair[], truncated: boolean): Pick<Notice, 'headers' | 'body'> {
  const boundary = `----grow${randomBytes(8).toString('hex')}`;
  const parts = pairs.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: parts.join('') + (truncated ? '' : `--${boundary}--\r\n`),
  };
}
