import { isFields } from '../fields.ts';
import { isPast } from '../ledger/books.ts';
import type { Checkout } from '../ledger/records.ts';
import type { Answer, Route, VendorCall, VendorDeps } from '../vendor.ts';
import { ok, refuse } from './errors.ts';
import { findDeal, isOfPage, isVoided, listDeals } from './find-deal.ts';
import { formOf } from './gate.ts';
import { PROCESS_INFO, TRANSACTION_INFO } from './request-shapes.ts';
import { spell, standingOf, toCustomFields, toDetails, toRow } from './transaction-views.ts';

/** A row that integrators saw for an unpaid process. Source: docs/reference/grow.md, "Reading a payment back". */
const PLACEHOLDER = { statusCode: '0', transactionId: '0', status: '', sum: '0' };

/** `getPaymentProcessInfo` and `getTransactionInfo`: the state of a page or a transaction. */
export function queries(deps: VendorDeps): Route[] {
  const { ledger, now } = deps;
  const processInfo = formOf(PROCESS_INFO, ({ processId, processToken, pageCode }): Answer => {
    const checkout = ledger.checkout(String(processId));
    if (checkout?.provider !== 'grow') return refuse(730);
    if (checkout.signingSecret !== processToken || !isOfPage(checkout, pageCode)) return refuse(716);
    const rows = listDeals(deps, checkout).map((deal) =>
      spell(checkout, toRow(deal, standingOf(deal.transaction, isVoided(deps, deal)))),
    );
    if (rows.length === 0 && isPast(checkout.expiresAt, now())) return refuse(709);
    const transactions = rows.length > 0 ? rows : unpaid(checkout);
    return ok({ processId, processToken, customField: toCustomFields(checkout), transactions });
  });

  const transactionInfo = formOf(TRANSACTION_INFO, ({ pageCode, ...request }): Answer => {
    const deal = findDeal(ledger, request);
    if (deal === null || !isOfPage(deal.checkout, pageCode) || !isPast(deal.transaction.visibleAt, now()))
      return refuse(716);
    return ok({
      ...spell(deal.checkout, toDetails(deal, standingOf(deal.transaction, isVoided(deps, deal)))),
      processId: deal.checkout.id,
      processToken: deal.checkout.signingSecret,
      ...{ directDebitId: '', recurringDebitId: '', paymentLinkProcessId: '', paymentLinkProcessToken: '' },
      customField: toCustomFields(deal.checkout),
    });
  });

  const route = { verb: 'post', operation: 'find_payment', referenceOf: referenceOf(deps) } as const;
  const path = '/getPaymentProcessInfo';
  return [
    // The query needs no userId: only a merchant who tests the ids sends it.
    {
      ...route,
      path,
      operation: 'credentials',
      isMeant: ({ body }) => isFields(body) && Object.hasOwn(body, 'userId'),
      answer: processInfo,
    },
    { ...route, path, answer: processInfo },
    { ...route, path: '/getTransactionInfo', answer: transactionInfo },
  ];
}

/** Both shapes were observed, so pages alternate between them. */
const unpaid = ({ id }: Checkout): object[] => (Number(id) % 2 === 0 ? [] : [PLACEHOLDER]);

/** Our payment's id, of the page or the transaction that the request names. */
export const referenceOf =
  ({ ledger }: VendorDeps) =>
  ({ body }: VendorCall): string | null => {
    const { processId, transactionId } = isFields(body) ? body : {};
    const transaction = ledger.transaction(String(transactionId));
    return transaction?.reference ?? ledger.checkout(String(processId))?.reference ?? null;
  };
