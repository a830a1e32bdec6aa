import type { CheckDetails, Means, MeansMethod } from '../../../domain/means.ts';
import { sumMinor } from '../../../domain/money.ts';
import type { Currency } from '../../../domain/money.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { PushOrder } from '../invoice-service.ts';
import { toWireDecimal } from '../wire-amount.ts';
import type { PaymentRow } from './wire.ts';

/**
 * Payment rows of the document, for payments and refunds.
 * @throws ProviderError `rejected` if the means do not add up to the total
 */
export function toPaymentRows({ means, split, currency }: PushOrder): PaymentRow[] {
  const paid = sumMinor(means.map(({ amount }) => amount));
  if (paid !== split.total) {
    throw new ProviderError(
      'rejected',
      `means: they add up to ${paid}, but the document to ${split.total}; correct them`,
    );
  }
  return means.map((one) => ({
    ...toAmount(one.amount, currency),
    ...ROWS[one.method](one, currency),
  }));
}

/** SUMIT reads `Amount` as shekels whatever the document's currency is. */
function toAmount(minor: number, currency: Currency): Pick<PaymentRow, 'Amount' | 'DocumentCurrency_Amount'> {
  const amount = toWireDecimal(minor, currency);
  return currency === 'ILS' ? { Amount: amount } : { DocumentCurrency_Amount: amount };
}

type RowOf = (means: Means, currency: Currency) => Omit<PaymentRow, 'Amount' | 'DocumentCurrency_Amount'>;

const digital =
  (name: string): RowOf =>
  () => ({ Type: 6, Details_Digital: { Type: name } });

const card: RowOf = (means, currency) => ({
  Type: 5,
  Details_CreditCard: {
    ...(means.brand === null ? {} : { CardBrand: means.brand }),
    ...(means.last4 === null ? {} : { Last4Digits: means.last4 }),
    Payments: means.installments,
    ...toParts(means, currency),
  },
});

/** The instalments of a sum in shekels. For other currencies SUMIT has no such fields. */
function toParts({ firstAmount, restAmount }: Means, currency: Currency) {
  if (currency !== 'ILS') return {};
  return {
    ...(firstAmount === null ? {} : { FirstPayment: toWireDecimal(firstAmount, currency) }),
    ...(restAmount === null ? {} : { EachPayment: toWireDecimal(restAmount, currency) }),
  };
}

/** SUMIT takes bank and branch as numbers. A bank or branch that is no number is left out. */
function toCheque({ bank, branch, account, number, dueDate }: CheckDetails): PaymentRow['Details_Cheque'] {
  return {
    ...(/^\d{1,9}$/.test(bank) ? { BankNumber: Number(bank) } : {}),
    ...(/^\d{1,9}$/.test(branch) ? { BranchNumber: Number(branch) } : {}),
    ...{ AccountNumber: account, ChequeNumber: number, DueDate: dueDate },
  };
}

/** Source: SUMIT's OpenAPI file, `Accounting_Typed_DocumentPaymentType`. Apple Pay and Google Pay are cards in a wallet. */
const ROWS: Readonly<Record<MeansMethod, RowOf>> = {
  card,
  apple_pay: card,
  google_pay: card,
  bit: digital('Bit'),
  paybox: digital('PayBox'),
  paypal: digital('PayPal'),
  cash: () => ({ Type: 2, Details_Cash: {} }),
  bank_transfer: () => ({ Type: 3, Details_BankTransfer: {} }),
  check: ({ check, dueDate }) => ({
    Type: 4,
    Details_Cheque: check === undefined ? (dueDate === null ? {} : { DueDate: dueDate }) : toCheque(check),
  }),
  other: () => ({ Type: 8, Details_Other: { Type: 'Other' } }),
  // SUMIT has a type of its own for it, whose number is not known.
  withheld: () => ({ Type: 8, Details_Other: { Type: 'ניכוי מס במקור' } }),
};
