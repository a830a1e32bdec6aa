import type { Answer, Route, VendorDeps } from '../vendor.ts';
import { isGoodCredential } from '../vendor.ts';
import { authenticated, ok, refuse } from './envelope.ts';

const MOST_PAGES = 500;
const METHODS = ['credit-card', 'bit', 'google-pay', 'apple-pay'];

/**
 * `PaymentPages/Disable/{uid}`: closes an unpaid page. For a paid or dead one it answers 400, which is a guess.
 * Source: docs/reference/payplus.md, "Closing a page".
 */
export function disablePage({ ledger, now }: VendorDeps): Route {
  return {
    verb: 'post',
    path: '/PaymentPages/Disable/:uid',
    operation: 'cancel_link',
    referenceOf: ({ params }) => ledger.checkout(params['uid'] ?? '')?.reference ?? null,
    answer: authenticated(null, (_request, { apiKey }, { params }): Answer => {
      const checkout = ledger.checkout(params['uid'] ?? '');
      if (checkout?.provider !== 'payplus' || checkout.account !== apiKey)
        return refuse('can-not-find-payment-page-request', 400);
      const status = ledger.statusOf(checkout, now());
      if (status !== 'open' && status !== 'declined')
        return refuse(`can-not-disable-a-page-that-is-${status}`, 400);
      ledger.record({ kind: 'cancelled', checkoutId: checkout.id, at: now().toISOString() });
      return ok({ page_request_uid: checkout.id });
    }),
  };
}

/** The two calls that move nothing: they show whether the keys, and for ChargeMethods the page, are good. */
export function accountPages({ ledger }: VendorDeps): Route[] {
  const route = { verb: 'get', operation: 'credentials', referenceOf: () => null } as const;
  return [
    {
      ...route,
      path: '/PaymentPages/list',
      answer: authenticated(null, (_request, { apiKey }, { query }): Answer => {
        const take = Number(query['take'] ?? MOST_PAGES);
        const skip = Number(query['skip'] ?? 0);
        if (!isCount(take) || take > MOST_PAGES || !isCount(skip))
          return refuse(`take must be at most ${MOST_PAGES}, skip a number`);
        const own = ledger
          .checkouts()
          .filter(({ account, provider }) => account === apiKey && provider === 'payplus');
        const uids = new Set(own.map(({ wire }) => String(wire['payment_page_uid'])));
        return ok([...uids].slice(skip, skip + take).map((uid) => ({ uid, name: 'Main' })));
      }),
    },
    {
      ...route,
      path: '/PaymentPages/ChargeMethods',
      answer: authenticated(null, (_request, _who, { query }): Answer =>
        isGoodCredential(query['payment_page_uid'])
          ? ok(METHODS.map((name) => ({ name })))
          : { status: 422, json: 'can-not-find-payment-page' },
      ),
    },
  ];
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;
