import type { FieldProblem } from '../../../domain/problems.ts';
import type { PaymentMethod } from '../../../domain/means.ts';
import { exponentOf, toMajorText } from '../../../domain/money.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import { neutralDescription } from '../../../domain/workspace.ts';
import type { OrderTerms, PageOrder, ProviderPage } from '../payment-provider.ts';
import type { Fields } from './client.ts';
import type { WirePage } from './wire.ts';

/** A page lives this long, whatever is asked for. Source: docs/reference/grow.md, "Making a page". */
const PAGE_MS = 10 * 60_000;
const MOST_INSTALLMENTS = 12;
/**
 * Minor units. Grow's pages say 3,600 and 5,000 ILS; only an amount that both refuse is refused here.
 * Source: docs/reference/grow.md, "Limits of Bit".
 */
export const BIT_MAX_AMOUNT = 500_000;

/** transactionTypeId by payment method. Source: docs/reference/grow.md, "Status codes". */
export const TRANSACTION_TYPES: Readonly<Record<string, PaymentMethod>> = {
  '1': 'card',
  '5': 'paybox',
  '6': 'bit',
  '13': 'apple_pay',
  '14': 'google_pay',
  '15': 'bank_transfer',
};

/** What Grow is known to refuse, one sentence per field. */
export function checkTerms(terms: OrderTerms, bitMaxAmount: number = BIT_MAX_AMOUNT): FieldProblem[] {
  const { amount, customer, maxInstallments, methods } = terms;
  const offered = Object.values(TRANSACTION_TYPES).filter((method) => methods?.includes(method) ?? true);
  const isOnlyBit = offered.length === 1 && offered[0] === 'bit';
  return [
    ...problem(
      !isFullName(customer.name),
      '#/customer/name',
      'must be a first and a last name, in letters: Grow refuses one word',
    ),
    ...problem(
      toIsraeliMobile(customer.phone) === null,
      '#/customer/phone',
      'must be an Israeli mobile number such as 0501234567: Grow refuses any other',
    ),
    ...problem(
      (maxInstallments ?? 1) > MOST_INSTALLMENTS,
      '#/maxInstallments',
      `must be at most ${MOST_INSTALLMENTS}: Grow offers no more instalments`,
    ),
    ...problem(
      offered.length === 0,
      '#/methods',
      `must name at least one that Grow offers: ${Object.values(TRANSACTION_TYPES).join(', ')}`,
    ),
    ...problem(
      isOnlyBit && amount > bitMaxAmount,
      '#/amount',
      `must be at most ${bitMaxAmount} (minor units) for Bit: lower it or allow another method`,
    ),
  ];
}

const problem = (isWrong: boolean, pointer: string, detail: string): FieldProblem[] =>
  isWrong ? [{ pointer, detail }] : [];

function isFullName(name: string | null): boolean {
  const words = toPlain(name ?? '').split(' ');
  return words.filter((word) => /\p{L}/u.test(word)).length >= 2;
}

/** `05` and eight digits, also from +972 or with hyphens; null for anything else. */
function toIsraeliMobile(phone: string | null): string | null {
  const digits = (phone ?? '').replace(/[\s().-]/g, '').replace(/^(\+|00)?972(?=5)/, '0');
  return /^05\d{8}$/.test(digits) ? digits : null;
}

/**
 * Grow allows no special characters: letters, digits, spaces and little else.
 * Source: docs/reference/grow.md, "Hosts and credentials".
 */
function toPlain(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}.'-]+/gu, ' ').trim();
}

/**
 * The form of createPaymentProcess without the account's ids. It charges, never holds, and saves no card.
 * @throws ProviderError `rejected` if Grow offers none of the requested methods
 */
export function toPageFields(order: PageOrder): Fields {
  const { name, phone, email } = order.customer;
  return {
    sum: toMajorText(order.amount, exponentOf(order.currency)),
    description:
      toPlain(order.description) || neutralDescription({ providerDescription: null }, order.locale),
    chargeType: '1',
    successUrl: withOutcome(order.returnUrl, 'success'),
    cancelUrl: withOutcome(order.returnUrl, 'cancel'),
    notifyUrl: order.webhookUrl,
    cField1: order.paymentId,
    'pageField[fullName]': toPlain(name ?? ''),
    'pageField[phone]': toIsraeliMobile(phone) ?? phone ?? '',
    ...(email === null ? {} : { 'pageField[email]': email }),
    ...toInstallments(order.maxInstallments),
    ...(order.methods === null ? {} : toTypes(order.methods)),
  };
}

/** The payer may choose two or more. Only one of both fields may be sent (error 736). */
function toInstallments(most: number | null): Fields {
  if (most === null) return {};
  return most === 1 ? { paymentNum: '1' } : { maxPaymentNum: String(most) };
}

/**
 * The place of each payment method in `transactionTypes`; a method that is not offered leaves a gap.
 * Source: docs/reference/grow.md, "Making a page".
 */
const PLACES = ['1', '6', '13', '14', '15', '5'];

function toTypes(methods: readonly string[]): Fields {
  const offered = PLACES.flatMap((id, index) => {
    const method = TRANSACTION_TYPES[id];
    return method !== undefined && methods.includes(method) ? [[`transactionTypes[${index}]`, id]] : [];
  });
  if (offered.length === 0) {
    const known = Object.values(TRANSACTION_TYPES).join(', ');
    throw new ProviderError('rejected', `methods must name at least one that Grow offers: ${known}`);
  }
  return Object.fromEntries(offered) as Fields;
}

/**
 * A hint for the return page. Grow appends `&response=success`, so the address must have a query already.
 * Source: docs/reference/grow.md, "Making a page".
 */
function withOutcome(returnUrl: string, outcome: 'success' | 'cancel'): string {
  const url = new URL(returnUrl);
  url.searchParams.set('outcome', outcome);
  return url.href;
}

/** The page as we store it: its processToken is the secret. It ends with the payment at the latest. */
export function toPage(
  { processId, processToken, url }: WirePage,
  askedAt: Date,
  paymentEnds: Date,
): ProviderPage {
  const expiresAt = new Date(Math.min(askedAt.getTime() + PAGE_MS, paymentEnds.getTime()));
  return { pageId: processId, url, expiresAt, secret: processToken };
}
