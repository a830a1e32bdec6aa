import { isFields } from '../fields.ts';
import { hasOtherHabit } from '../habits.ts';
import { isPast } from '../ledger/books.ts';
import { israelStamp } from '../israel.ts';
import type { Fields, Transaction } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import type { Answer, Deal, Route, VendorCall, VendorDeps } from '../vendor.ts';
import { authenticated, ok, refuse } from './envelope.ts';
import type { Credentials } from './envelope.ts';
import { IPN, VIEW } from './request-shapes.ts';
import { partsOf } from './parts.ts';
import { toFlat } from './transaction-views.ts';
import { toViewRows } from './view-rows.ts';

const NO_INVOICE = { invoice_uuid: null, invoice_original_url: null, invoice_copy_url: null };

/** `PaymentPages/ipn`, `PaymentPages/ipn-full` and `Transactions/View`: the state of a page or a transaction. */
export function readBacks(deps: VendorDeps): Route[] {
  const { ledger } = deps;
  const finder = createFinder(deps);
  const neighbours = createNeighbours(deps);
  const referenceOf = ({ body }: VendorCall): string | null => {
    const { more_info, payment_request_uid, transaction_uid } = isFields(body) ? body : {};
    return (
      textOrNull(more_info) ??
      ledger.checkout(String(payment_request_uid))?.reference ??
      ledger.transaction(String(transaction_uid))?.reference ??
      null
    );
  };

  const ipn = (extra: Fields) =>
    authenticated(IPN, (request, who): Answer => {
      const found = finder.findForIpn(request, who);
      if (typeof found === 'string') return refuse(found, 200);
      const { parts, others } = neighbours.relatedTo(found);
      const isTold = request['related_transaction'] === true || (isOther(found) && parts.length > 0);
      const related = isTold ? { related_transactions: isOther(found) ? [...parts, ...others] : parts } : {};
      return ok({ ...toFlat(found, neighbours.hasSiblings(found)), ...extra, ...related });
    });

  const view = authenticated(VIEW, (request, who): Answer => {
    const found = finder.findForView(request, who);
    return typeof found === 'string'
      ? refuse(found, 200)
      : ok(found.flatMap((deal) => toViewRows(ledger, deal)));
  });

  const route = { verb: 'post', operation: 'find_payment', referenceOf } as const;
  return [
    { ...route, path: '/PaymentPages/ipn', answer: ipn({}) },
    { ...route, path: '/PaymentPages/ipn-full', answer: ipn(NO_INVOICE) },
    { ...route, path: '/Transactions/View', answer: view },
  ];
}

function createFinder({ ledger, now }: VendorDeps) {
  const toDeal = (transaction: Transaction): Deal[] => {
    const checkout = ledger.checkout(transaction.checkoutId);
    return checkout === undefined ? [] : [{ checkout, transaction }];
  };
  const isShown = ({ apiKey }: Credentials, { account, provider, visibleAt }: Transaction) =>
    provider === 'payplus' && account === apiKey && isPast(visibleAt, now());
  const isCharge = ({ kind }: Transaction) => kind === 'charge';

  /**
   * A refund is not found by its own uid, as in PayPlus's test environment.
   * Source: docs/reference/payplus.md, "Reading a payment back".
   */
  const byUid = (uid: string, who: Credentials): Transaction[] =>
    [ledger.transaction(uid)]
      .filter((one) => one !== undefined)
      .filter((one) => isCharge(one) && isShown(who, one));

  const searchIpn = (request: Fields, who: Credentials): Transaction[] | null => {
    const [uid, page, reference] = ['transaction_uid', 'payment_request_uid', 'more_info'].map((key) =>
      textOrNull(request[key]),
    );
    const [approval, voucher] = ['approval_num', 'voucher_num'].map((key) => textOrNull(request[key]));
    if (uid) return byUid(uid, who);
    if (page) return ledger.transactionsOf(page).filter((one) => isCharge(one) && isShown(who, one));
    if (reference) return ledger.transactionsWith(reference).filter((one) => isShown(who, one));
    if (approval)
      return ledger.transactions().filter((one) => one.slip.approval === approval && isShown(who, one));
    if (voucher)
      return ledger.transactions().filter((one) => one.slip.voucher === voucher && isShown(who, one));
    return null;
  };

  return {
    /** The latest approved charge, else refund, else declined attempt; a text is the vendor's phrase for "none". */
    findForIpn(request: Fields, who: Credentials): Deal | string {
      const found = searchIpn(request, who);
      if (found === null) return 'missing-transaction_uid-or-payment_request_uid';
      const approved = found.filter((one) => one.approved);
      const best = approved.findLast(isCharge) ?? approved.at(-1) ?? found.at(-1);
      return (best && toDeal(best)[0]) ?? 'can-not-find-transaction';
    },
    findForView(request: Fields, who: Credentials): Deal[] | string {
      const [uid, customer, reference] = ['transaction_uid', 'customer_uid', 'more_info'].map((key) =>
        textOrNull(request[key]),
      );
      if (uid) return orNone(byUid(uid, who).flatMap(toDeal), 'can-not-find-transaction_uid');
      if (reference) {
        const found = ledger.transactionsWith(reference).filter((one) => isShown(who, one));
        return orNone(found.flatMap(toDeal), 'can-not-find-transaction');
      }
      if (!customer) return 'missing-transaction_uid-or-customer_uid';
      const found = ledger.transactions().filter((one) => isShown(who, one) && isBetween(one, request));
      return orNone(
        found.flatMap(toDeal).filter((deal) => customerOf(deal) === customer),
        'can-not-find-transaction',
      );
    },
  };
}

/** The fields of an ipn answer beside its transaction. */
function createNeighbours({ ledger, now }: VendorDeps) {
  return {
    hasSiblings: ({ checkout, transaction }: Deal) =>
      transaction.parts === undefined
        ? ledger.transactionsOf(checkout.id).filter((one) => one.kind === 'charge' && one.approved).length > 1
        : !hasOtherHabit(transaction.account),
    /** The parts of a charge, and everything else on its page. */
    relatedTo({ checkout, transaction }: Deal): { parts: Fields[]; others: Fields[] } {
      const show = (one: Transaction) => toFlat({ checkout, transaction: one }, false);
      const others = ledger
        .transactionsOf(checkout.id)
        .filter((one) => one.id !== transaction.id && isPast(one.visibleAt, now()));
      return { parts: partsOf(transaction).map(show), others: others.map(show) };
    },
  };
}

/**
 * In the usual habit only parts are related; no integration was seen to find a refund there.
 * Source: docs/reference/payplus.md, "Unverified".
 */
const isOther = ({ transaction }: Deal): boolean => hasOtherHabit(transaction.account);

const orNone = (deals: Deal[], description: string): Deal[] | string =>
  deals.length > 0 ? deals : description;

const customerOf = (deal: Deal): unknown => toFlat(deal, false)['customer_uid'];

function isBetween({ at }: Transaction, { fromDate, untilDate }: Fields): boolean {
  const day = israelStamp(new Date(at)).slice(0, 10);
  return (
    (typeof fromDate !== 'string' || fromDate <= day) && (typeof untilDate !== 'string' || day <= untilDate)
  );
}
