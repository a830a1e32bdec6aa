import type { Checkout, Transaction } from '../ledger/records.ts';
import { textOrNull, textsOf } from '../vendor.ts';
import type { Deal, Payments, Twist, Vendor, VendorDeps } from '../vendor.ts';
import { account } from './account.ts';
import { errorBody } from './api-error.ts';
import { readKey, toAccount } from './caller.ts';
import { checkoutSessions } from './checkout-sessions.ts';
import { createDashboard } from './dashboard.ts';
import { playDispute } from './disputes.ts';
import { attemptEvents, hears, toNotices } from './events.ts';
import { newId } from './ids.ts';
import { moneyReads } from './money-reads.ts';
import { isComplete, TEST_METHODS } from './picture.ts';
import { createRefund } from './refunds.ts';
import { toSession } from './session-view.ts';
import { createStripeBooks } from './stripe-books.ts';
import type { StripeBooks } from './stripe-books.ts';
import { createRouter } from './stripe-route.ts';
import { SECRET_KEY, webhookEndpoints } from './webhook-endpoints.ts';

/** Stripe, as docs/reference/stripe.md describes it, below `/stripe` in place of the host: `/stripe/v1/…`. */
export function createStripe(vendorDeps: VendorDeps): Vendor {
  const deps = { ...vendorDeps, books: createStripeBooks(vendorDeps) };
  const endpoints = [
    ...checkoutSessions(deps),
    ...moneyReads(deps),
    createRefund(deps),
    ...webhookEndpoints(deps),
    ...account(),
  ];
  return {
    name: 'stripe',
    routes: endpoints.map(createRouter(deps)),
    toLedgerAccount: toAccount,
    accountsOf: ({ headers }) => textsOf(readKey(headers.authorization ?? '')),
    credentialFields: [SECRET_KEY],
    recordedHeaders: ['stripe-version'],
    trouble: () => errorBody({ type: 'api_error', message: 'Something went wrong on our side. Try again.' }),
    unknownPath: {
      status: 404,
      json: errorBody({
        type: 'invalid_request_error',
        message: 'Unrecognized request URL. See the API reference.',
      }),
    },
    payments: createPayments(deps),
  };
}

function createPayments(deps: VendorDeps & { books: StripeBooks }): Payments {
  const { books, baseUrl, now } = deps;
  return {
    newTransactionId: () => newId('ch'),
    notices: ({ checkout, transaction }: Deal, twist: Twist) => {
      const picture = books.pictureOf(checkout, [transaction], new Date(transaction.at));
      const events = attemptEvents(picture, transaction, baseUrl());
      return toNotices(events, books.endpoints(checkout.account), now(), twist);
    },
    returnUrl: toReturnUrl,
    styles: [],
    testMethods: TEST_METHODS,
    expired: (checkout) => {
      const picture = books.pictureOf(checkout);
      if (isComplete(picture)) return [];
      const event = { type: 'checkout.session.expired', object: toSession(picture, baseUrl()) };
      return toNotices([event], books.endpoints(checkout.account), now());
    },
    dashboard: createDashboard(deps),
    dispute: (deal, order) => playDispute(deps, deal, order),
    businessName: () => 'Example Clinic',
    refuses: (mode, { account: whose }) =>
      mode === 'out_of_order' && !books.endpoints(whose).every(hearsBoth)
        ? 'out_of_order swaps payment_intent.succeeded and checkout.session.completed, and an endpoint of this account does not hear both'
        : null,
  };
}

const hearsBoth = (endpoint: ReturnType<StripeBooks['endpoints']>[number]): boolean =>
  hears(endpoint, 'payment_intent.succeeded') && hears(endpoint, 'checkout.session.completed');

function toReturnUrl(
  { id, wire }: Checkout,
  outcome: 'success' | 'failure' | 'cancel',
  _transaction: Transaction | null,
): string | null {
  // After a declined card, the payer stays on Stripe's page.
  if (outcome === 'failure') return null;
  const target = textOrNull(wire[`${outcome}_url`]);
  return target?.replaceAll('{CHECKOUT_SESSION_ID}', id) ?? null;
}
