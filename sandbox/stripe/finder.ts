import type { Fields, Transaction } from '../ledger/records.ts';
import type { Find } from './expand.ts';
import { twinId } from './ids.ts';
import { toCharge, toPaymentIntent } from './money-views.ts';
import { toBalanceTransaction, toDispute, toPaymentMethod, toRefund } from './other-views.ts';
import { refundsOf } from './picture.ts';
import { toLineItems, toSession } from './session-view.ts';
import type { StripeBooks } from './stripe-books.ts';

/** Finds objects of one account by kind and id, as Stripe shows them. */
export function createFinder(books: StripeBooks, baseUrl: () => string, account: string): Find {
  const transactionOf = (id: string): Transaction | undefined =>
    (books.charge(account, twinId('ch', id)) ?? books.refund(account, twinId('re', id)))?.transaction;

  const findOf: Readonly<Record<string, (id: string) => Fields | null>> = {
    'checkout.session': (id) =>
      orNull(books.session(account, id), (picture) => toSession(picture, baseUrl())),
    payment_intent: (id) =>
      orNull(books.intent(account, id), ({ picture, intent }) => toPaymentIntent(picture, intent)),
    charge: (id) =>
      orNull(books.charge(account, id), ({ picture, transaction }) => toCharge(picture, transaction)),
    refund: (id) =>
      orNull(books.refund(account, id), ({ picture, transaction }) =>
        toRefund(picture, transaction, books.askedWith(id)),
      ),
    dispute: (id) =>
      orNull(books.dispute(account, id), ({ picture, dispute }) => toDispute(picture, dispute)),
    balance_transaction: (id) => orNull(transactionOf(id) ?? null, toBalanceTransaction),
    payment_method: (id) =>
      orNull(books.charge(account, twinId('ch', id)), ({ picture, transaction }) =>
        toPaymentMethod(
          picture,
          transaction,
          toCharge(picture, transaction)['payment_method_details'] as Fields,
        ),
      ),
    line_items: (id) => orNull(books.session(account, id), toLineItems),
    refunds: (id) =>
      orNull(books.charge(account, id), ({ picture, transaction }) => ({
        object: 'list',
        data: refundsOf(picture, transaction)
          .map((refund) => toRefund(picture, refund, books.askedWith(refund.id)))
          .reverse(),
        has_more: false,
        url: `/v1/charges/${id}/refunds`,
      })),
  };
  return (kind, id) => findOf[kind]?.(id) ?? null;
}

const orNull = <Found>(found: Found | null, show: (found: Found) => Fields): Fields | null =>
  found === null ? null : show(found);
