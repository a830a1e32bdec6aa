import { randomUUID } from 'node:crypto';
import { toMinor } from '../decimal.ts';
import type { Checkout, Fields } from '../ledger/records.ts';
import { isFields } from '../fields.ts';
import { isGoodCredential, textOrNull } from '../vendor.ts';
import type { Answer, Route, VendorDeps } from '../vendor.ts';
import { authenticated, ok, refuse } from './envelope.ts';
import type { Credentials } from './envelope.ts';
import { itemTotal } from './item-total.ts';
import { GENERATE_LINK } from './request-shapes.ts';

const DEFAULT_MINUTES = '30';
const CHARGE = 1;
/** What a page offers when the request names nothing. */
const PAGE_METHODS = ['card', 'bit'];

export function generateLink({ ledger, baseUrl, now }: VendorDeps): Route {
  return {
    verb: 'post',
    path: '/PaymentPages/generateLink',
    operation: 'create_link',
    referenceOf: ({ body }) => (isFields(body) ? textOrNull(body['more_info']) : null),
    answer: authenticated(GENERATE_LINK, (request, who): Answer => {
      if (!isGoodCredential(request['payment_page_uid']))
        return { status: 422, json: 'can-not-find-payment-page' };
      const amount = toMinor(request['amount'], String(request['currency_code']));
      const refusal =
        amount === null || amount < 0
          ? 'amount must have at most two decimals and no sign'
          : refusedTerms(request);
      if (amount === null || refusal !== null) return refuse(refusal ?? 'amount is wrong');

      const checkout = toCheckout(request, amount, who, now());
      ledger.record({ kind: 'checkout', checkout });
      const page = `${baseUrl()}/checkout/${checkout.id}`;
      const data = {
        page_request_uid: checkout.id,
        payment_page_link: page,
        qr_code_image: `${baseUrl()}/payplus/payment-pages/payment-request/${checkout.id}/qr-code`,
        hosted_fields_uuid: null,
      };
      return ok(data, 'payment page link is been generated');
    }),
  };
}

function refusedTerms(request: Fields): string | null {
  if ((request['charge_method'] ?? CHARGE) !== CHARGE)
    return 'charge_method must be 1: this sandbox plays charges only';
  if (toMethods(request).length === 0) return 'allowed_charge_methods leaves no method to pay with';
  return itemsMatch(request) ? null : 'the total of items must equal amount';
}

/** Whether PayPlus refuses a mismatch is unknown. Its own plugins avoid one, so we must too. */
function itemsMatch({ items, amount, currency_code: code }: Fields): boolean {
  if (!Array.isArray(items) || items.length === 0) return true;
  const rows = items as Fields[];
  const isPlain = rows.every((row) => row['vat_type'] !== 1 && row['discount_value'] === undefined);
  const total = rows.reduce((sum, row) => sum + itemTotal(row, String(code)), 0);
  return !isPlain || total === toMinor(amount, String(code));
}

function toCheckout(
  request: Fields,
  amount: number,
  { apiKey, secretKey }: Credentials,
  now: Date,
): Checkout {
  const minutes = Number(request['expiry_datetime'] ?? DEFAULT_MINUTES);
  const items = Array.isArray(request['items']) ? (request['items'] as Fields[]) : [];
  return {
    id: randomUUID(),
    provider: 'payplus',
    account: apiKey,
    signingSecret: secretKey,
    amount,
    currency: String(request['currency_code']),
    reference: textOrNull(request['more_info']),
    description: items.map((item) => String(item['name'])).join(', '),
    language: /^he/i.test(textOrNull(request['language_code']) ?? 'he') ? 'he' : 'en',
    methods: toMethods(request),
    maxInstallments: Number(request['payments'] ?? 1),
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + minutes * 60_000).toISOString(),
    wire: request,
  };
}

function toMethods({
  allowed_charge_methods: allowed,
  charge_default: preset,
  hide_other_charge_methods: isOnly,
}: Fields): string[] {
  if (isOnly === true && typeof preset === 'string') return [fromChargeMethod(preset)];
  const offered = Array.isArray(allowed) ? (allowed as string[]).map(fromChargeMethod) : PAGE_METHODS;
  const first = typeof preset === 'string' ? fromChargeMethod(preset) : null;
  return first !== null && offered.includes(first)
    ? [first, ...offered.filter((method) => method !== first)]
    : offered;
}

const fromChargeMethod = (method: string): string => (method === 'credit-card' ? 'card' : method);
