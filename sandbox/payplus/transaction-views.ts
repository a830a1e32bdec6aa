import { createHash } from 'node:crypto';
import { itemTotal } from './item-total.ts';
import { toMajor } from '../decimal.ts';
import { israelStamp, vatRateOn, vatWithin } from '../israel.ts';
import { hasOtherHabit } from '../habits.ts';
import type { Checkout, Fields, Transaction } from '../ledger/records.ts';
import { isFields } from '../fields.ts';
import { textOrNull } from '../vendor.ts';
import type { Deal } from '../vendor.ts';

const APPROVED = '000';
const DECLINED = '004';
const CARD = {
  card_bin: '532614',
  expiry_month: '05',
  expiry_year: '30',
  brand_id: 2,
  brand_name: 'mastercard',
  issuer_id: 1,
  issuer_name: 'isracard',
  card_holder_name: 'TEST PAYER',
};
/** A payment without a card has the same fields, all empty. */
const NO_CARD = Object.fromEntries(Object.keys(CARD).map((field) => [field, null]));
/** The vendor's two test cards: one is approved, the other declined. */
const LAST_FOUR = { approved: '9844', declined: '0120' };

/**
 * The transaction as ipn answers it and as the browser's redirect carries it: flat.
 * Source: docs/reference/payplus.md, "Reading a payment back".
 */
export function toFlat({ checkout, transaction }: Deal, hasSiblings: boolean): Fields {
  const { approved, currency } = transaction;
  return {
    transaction_uid: transaction.id,
    page_request_uid: checkout.id,
    is_multiple_transaction: hasSiblings,
    type: toType(transaction),
    method: toChargeMethod(transaction.method),
    number: transaction.slip.number,
    date: israelStamp(new Date(transaction.at)),
    status: approved ? 'approved' : 'rejected',
    status_code: approved ? APPROVED : DECLINED,
    status_description: approved ? 'העסקה בוצעה בהצלחה' : 'העסקה סורבה על ידי חברת האשראי',
    amount: toMajor(transaction.amount, currency),
    currency,
    credit_terms: transaction.installments > 1 ? 'payments' : 'regular',
    number_of_payments: transaction.installments,
    ...toInstalments(transaction),
    secure3D_status: null,
    secure3D_tracking: null,
    approval_num: approved ? transaction.slip.approval : null,
    voucher_num: approved ? transaction.slip.voucher : null,
    ...toMoreInfo(checkout, transaction),
    add_data: textOrNull(checkout.wire['add_data']),
    ...toPayer(checkout),
    ...toMerchant(checkout),
    ...toFlatCard(checkout, transaction),
    extra_3: null,
    token_uid: null,
  };
}

/**
 * The transaction as callbacks and Transactions/View carry it: nested.
 * Source: docs/reference/payplus.md, "Callback body".
 */
export function toNested(deal: Deal, pageKey: string): Fields {
  const { checkout, transaction } = deal;
  const { approved, currency } = transaction;
  return {
    transaction_type: toType(transaction),
    transaction: {
      uid: transaction.id,
      [pageKey]: checkout.id,
      number: transaction.slip.number,
      type: transaction.kind === 'refund' ? 'api' : 'payment_page',
      date: israelStamp(new Date(transaction.at)),
      status_code: approved ? APPROVED : DECLINED,
      amount: toMajor(transaction.amount, currency),
      currency,
      credit_terms: transaction.installments > 1 ? 'payments' : 'regular',
      paramj: 4,
      rrn: transaction.slip.rrn,
      uid_emv: 26010510111200023000,
      add_data: textOrNull(checkout.wire['add_data']),
      payments: {
        number_of_payments: transaction.installments,
        ...toInstalments(transaction),
      },
      secure3D: { status: null, tracking: null },
      approval_number: approved ? transaction.slip.approval : null,
      voucher_number: approved ? transaction.slip.voucher : null,
      ...(transaction.method === 'card' ? {} : { alternative_method_name: transaction.method }),
      ...toMoreInfo(checkout, transaction),
      original_amount_currency_dcc: null,
    },
    data: toNestedData(deal),
  };
}

const toType = ({ kind }: Transaction): string => (kind === 'refund' ? 'Refund' : 'Charge');

function toInstalments({ installments, amount, currency }: Transaction): Fields {
  const rest = installments > 1 ? Math.floor(amount / installments) : 0;
  const first = installments > 1 ? amount - rest * (installments - 1) : 0;
  return {
    first_payment_amount: toMajor(first, currency),
    rest_payments_amount: toMajor(rest, currency),
  };
}

function toNestedData({ checkout, transaction }: Deal): Fields {
  const { customer_uid, customer_email } = toPayer(checkout);
  const { terminal_uid, cashier_uid, cashier_name } = toMerchant(checkout);
  const { brand_name: _brand, issuer_name: _issuer, ...card } = toCard(transaction);
  return {
    customer_uid,
    customer_email,
    terminal_uid,
    cashier_uid,
    cashier_name,
    items: transaction.kind === 'refund' ? [] : toItems(checkout),
    card_information: {
      token: null,
      token_number: null,
      four_digits: toLastFour(transaction),
      ...card,
      clearing_id: 1,
      card_foreign: 0,
      identification_number: '',
    },
  };
}

function toItems({ wire, currency, createdAt }: Checkout): Fields[] {
  const rateBp = vatRateOn(createdAt.slice(0, 10));
  const items = Array.isArray(wire['items']) ? (wire['items'] as Fields[]) : [];
  return items.map((item) => {
    const gross = itemTotal(item, currency);
    const vat = item['vat_type'] === 2 ? 0 : Number(vatWithin(BigInt(gross), rateBp));
    return {
      name: item['name'],
      barcode: '',
      quantity: item['quantity'],
      amount_pay: toMajor(gross, currency),
      quantity_price: toMajor(gross - vat, currency),
      vat: toMajor(vat, currency),
      product_uid: toUid(`item ${String(item['name'])}`),
      discount_type: null,
      discount_value: null,
      discount_amount: 0,
    };
  });
}

export const toLastFour = ({ method, approved }: Transaction): string | null =>
  method === 'card' ? (approved ? LAST_FOUR.approved : LAST_FOUR.declined) : null;

const toChargeMethod = (method: string): string => (method === 'card' ? 'credit-card' : method);

/** Whether the second field of a refund is echoed is unknown: an account with the other habit does not echo it. */
function toMoreInfo({ wire }: Checkout, { account, reference, refundReference }: Transaction): Fields {
  const others = ['more_info_1', 'more_info_2', 'more_info_3', 'more_info_4', 'more_info_5'];
  return {
    more_info: reference,
    ...Object.fromEntries(others.map((name) => [name, textOrNull(wire[name])])),
    ...(refundReference !== undefined && !hasOtherHabit(account) ? { more_info_1: refundReference } : {}),
  };
}

function toPayer({ account, wire }: Checkout): Fields {
  const customer = isFields(wire['customer']) ? wire['customer'] : {};
  const name = textOrNull(customer['customer_name']) ?? textOrNull(customer['full_name']);
  const email = textOrNull(customer['email']);
  return {
    customer_uid:
      textOrNull(customer['customer_uid']) ?? toUid(`customer ${account} ${name ?? ''} ${email ?? ''}`),
    customer_email: email,
    customer_name: name,
    customer_name_invoice: null,
  };
}

const toMerchant = ({ account }: Checkout): Fields => ({
  company_name: 'Example Clinic',
  company_registration_number: '000000000',
  terminal_uid: toUid(`terminal ${account}`),
  terminal_name: 'Main',
  terminal_merchant_number: '0000000',
  cashier_uid: toUid(`cashier ${account}`),
  cashier_name: 'Web',
});

const toCard = ({ method }: Transaction): Fields => (method === 'card' ? CARD : NO_CARD);

function toFlatCard({ wire }: Checkout, transaction: Transaction): Fields {
  const isCard = transaction.method === 'card';
  const customer = isFields(wire['customer']) ? wire['customer'] : {};
  return {
    ...toCard(transaction),
    four_digits: toLastFour(transaction),
    card_foreign: 0,
    identification_number: textOrNull(customer['vat_number']),
    alternative_method: !isCard,
    alternative_method_name: isCard ? null : transaction.method,
    clearing_id: 1,
    clearing_name: 'clearing-name',
  };
}

/** The same uid for the same thing, so that a customer or terminal keeps it across restarts. */
export function toUid(of: string): string {
  const hex = createHash('sha256').update(of).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
