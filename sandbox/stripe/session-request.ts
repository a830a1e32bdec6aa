import type { Checkout, Fields } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import { invalidRequest } from './api-error.ts';
import type { Caller } from './caller.ts';
import { newSessionId } from './ids.ts';
import { fieldsAt, itemsOf, missingParameter } from './parameters.ts';
import { toMethodTypes } from './session-view.ts';

const SHORTEST_LIFE_S = 30 * 60;
const LONGEST_LIFE_S = 24 * 3_600;
const LARGEST_TOTAL = 99_999_999;
/**
 * Stripe's own minimum charges. For other currencies it converts, which is not simulated.
 * Source: docs/reference/stripe.md, "Amounts and currencies".
 */
const SMALLEST_TOTAL: Readonly<Record<string, number>> = {
  usd: 50,
  eur: 50,
  gbp: 30,
  chf: 50,
  cad: 50,
  aud: 50,
};
/** Their API amounts are not their minor units. Source: docs/reference/stripe.md, "Amounts and currencies". */
const ODD_CURRENCIES = ['isk', 'ugx'];

/** The page that Stripe would make from this request; throws ApiError 400 if it would not. */
export function toCheckout(fields: Fields, { account, isLive }: Caller, now: Date): Checkout {
  refuseUnplayed(fields);
  const lines = itemsOf(fields['line_items']) as Fields[];
  const { currency, total } = readTotal(lines);
  return {
    id: newSessionId(isLive),
    provider: 'stripe',
    account,
    // Stripe signs with the secret of the receiving endpoint, not of the page.
    signingSecret: '',
    amount: total,
    currency: currency.toUpperCase(),
    reference: textOrNull(fields['client_reference_id']),
    description: lines
      .map((line) => String(fieldsAt(fieldsAt(line, 'price_data'), 'product_data')['name']))
      .join(', '),
    // Stripe's page has no Hebrew (docs/reference/stripe.md, "Checkout Sessions").
    language: 'en',
    methods: toMethodTypes(fields).map((type) => type.replaceAll('_', '-')),
    maxInstallments: 1,
    createdAt: now.toISOString(),
    expiresAt: readExpiry(fields['expires_at'], now),
    wire: fields,
  };
}

function refuseUnplayed(fields: Fields): void {
  if (fields['mode'] !== 'payment') throw invalidRequest('This sandbox plays mode=payment only', 'mode');
  if ((fields['ui_mode'] ?? 'hosted_page') !== 'hosted_page')
    throw invalidRequest('This sandbox plays ui_mode=hosted_page only', 'ui_mode');
  if (fields['success_url'] === undefined) throw missingParameter('success_url');
}

function readTotal(lines: Fields[]): { currency: string; total: number } {
  if (lines.length === 0) throw missingParameter('line_items');
  const priced = lines.map((line, index) => {
    const at = `line_items[${index}]`;
    const price = fieldsAt(line, 'price_data');
    const needed: [unknown, string][] = [
      [line['price_data'], `${at}[price_data]`],
      [price['unit_amount'], `${at}[price_data][unit_amount]`],
      [price['product_data'], `${at}[price_data][product_data]`],
      [line['quantity'], `${at}[quantity]`],
    ];
    const missing = needed.find(([value]) => value === undefined);
    if (missing !== undefined) throw missingParameter(missing[1]);
    return {
      currency: String(price['currency']),
      amount: Number(price['unit_amount']) * Number(line['quantity']),
    };
  });
  const currency = priced[0]?.currency ?? '';
  if (priced.some((one) => one.currency !== currency))
    throw invalidRequest('All prices in line_items must have the same currency', 'line_items');
  if (ODD_CURRENCIES.includes(currency))
    throw invalidRequest(`This sandbox does not play ${currency}`, 'line_items[0][price_data][currency]');
  const total = priced.reduce((sum, { amount }) => sum + amount, 0);
  const smallest = SMALLEST_TOTAL[currency] ?? 1;
  if (total < smallest)
    throw invalidRequest(
      `The Checkout Session's total amount must be at least ${smallest} in the smallest unit of ${currency}`,
      'line_items',
      'amount_too_small',
    );
  if (total > LARGEST_TOTAL)
    throw invalidRequest(
      `The Checkout Session's total amount must be at most ${LARGEST_TOTAL} in the smallest unit of ${currency}`,
      'line_items',
      'amount_too_large',
    );
  return { currency, total };
}

function readExpiry(value: unknown, now: Date): string {
  const nowS = Math.floor(now.getTime() / 1_000);
  const expiresS = value === undefined ? nowS + LONGEST_LIFE_S : Number(value);
  if (expiresS < nowS + SHORTEST_LIFE_S)
    throw invalidRequest(
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      'expires_at',
    );
  if (expiresS > nowS + LONGEST_LIFE_S)
    throw invalidRequest(
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      'expires_at',
    );
  return new Date(expiresS * 1_000).toISOString();
}
