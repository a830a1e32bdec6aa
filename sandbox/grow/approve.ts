import type { Fields } from '../ledger/records.ts';
import type { Answer, Route, VendorDeps } from '../vendor.ts';
import { ok, refuse } from './errors.ts';
import { findDeal, isOfPage, isVoided } from './find-deal.ts';
import { formOf } from './gate.ts';
import { referenceOf } from './queries.ts';
import { APPROVE } from './request-shapes.ts';
import { toDetails } from './transaction-views.ts';

/**
 * `approveTransaction`: acknowledges the charge. It changes nothing and may be repeated.
 * Source: docs/reference/grow.md, "Approving a charge".
 */
export function approveTransaction(deps: VendorDeps): Route {
  const { ledger } = deps;
  return {
    verb: 'post',
    path: '/approveTransaction',
    operation: 'acknowledge',
    referenceOf: referenceOf(deps),
    answer: formOf(APPROVE, (request): Answer => {
      const deal = findDeal(ledger, request);
      if (deal === null || !isOfPage(deal.checkout, request['pageCode'])) return refuse(716);
      if (!deal.transaction.approved || isVoided(deps, deal)) return refuse(722);
      const { id: processId, signingSecret: processToken } = deal.checkout;
      const other = differing(request, { ...toDetails(deal, 'paid'), processId, processToken });
      return other === undefined ? ok('') : refuse(109, other);
    }),
  };
}

/** The first field that contradicts Grow's own data. */
const differing = (request: Fields, told: Fields): string | undefined =>
  Object.keys(request).find((name) => Object.hasOwn(told, name) && request[name] !== told[name]);
