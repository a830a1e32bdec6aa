import { createHash } from 'node:crypto';
import type { FieldProblem } from '../../../domain/problems.ts';
import type { Currency } from '../../../domain/money.ts';
import type { OrderTerms, PaymentProviderFace } from '../payment-provider.ts';
import { CREDENTIALS } from './credentials.ts';
import type { StripeCredentials } from './credentials.ts';
import { createStripeProvider } from './provider.ts';
import { METHOD_TYPES, METHODS_MISSING } from './session.ts';

/**
 * Stripe's own limits in minor units. For the shekel it converts, so only Stripe knows the minimum.
 * Source: docs/reference/stripe.md, "Amounts and currencies".
 */
const MOST = 99_999_999;
const LEAST: Readonly<Record<Currency, number>> = { ILS: 1, USD: 50, EUR: 50, GBP: 30, CAD: 50, AUD: 50 };

/** Stripe: Checkout pages with cards, wallets and whatever the account's dashboard offers. */
export const stripe: PaymentProviderFace<StripeCredentials> = {
  name: 'stripe',
  credentials: CREDENTIALS,
  currencies: ['ILS', 'USD', 'EUR', 'GBP', 'CAD', 'AUD'],
  options: ['maxPageMinutes'],
  accountKey: ({ secretKey }) => accountKey(secretKey),
  checkOrder: (terms) => checkTerms(terms),
  create: (context) => createStripeProvider(context),
};

/**
 * Current keys begin with the id of their account, as the publishable key shows too (observed, not documented). So a
 * rolled key is recognised as the same account. Any other key is identified by its hash.
 */
function accountKey(secretKey: string): string {
  const [, mode, account] = /^[sr]k_(live|test)_5(1[A-Za-z0-9]{14})[A-Za-z0-9]{20,}$/.exec(secretKey) ?? [];
  if (mode !== undefined && account !== undefined) return `${mode}/acct_${account}`;
  return createHash('sha256').update(secretKey).digest('hex');
}

function checkTerms({ amount, currency, methods }: OrderTerms): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (amount > MOST || amount < LEAST[currency]) {
    const detail = `amount must be from ${LEAST[currency]} to ${MOST} minor units of ${currency} for Stripe`;
    problems.push({ pointer: '#/amount', detail });
  }
  if (methods !== null && !methods.some((method) => Object.hasOwn(METHOD_TYPES, method))) {
    problems.push({ pointer: '#/methods', detail: METHODS_MISSING });
  }
  return problems;
}
