import type { DealType, Means, PaymentMethod } from '../../../domain/means.ts';
import { exponentOf, fromMajorNumber, MoneyFormatError } from '../../../domain/money.ts';
import type { WireTransaction } from './wire.ts';

/** PayPlus's names of payment methods. Any other is `other`, with its name kept as the wallet. */
export const CHARGE_METHODS: Readonly<Record<string, PaymentMethod>> = {
  'credit-card': 'card',
  bit: 'bit',
  'apple-pay': 'apple_pay',
  'google-pay': 'google_pay',
  paypal: 'paypal',
  'wire-transfers': 'bank_transfer',
};

const DEAL_TYPES: Readonly<Record<string, DealType>> = {
  regular: 'regular',
  credit: 'credit',
  payments: 'instalments',
};

/**
 * PayPlus's major units as minor units; null if the currency has no such amount.
 */
export function toMinor(major: number, currency: string): number | null {
  try {
    return fromMajorNumber(major, exponentOf(currency));
  } catch (error) {
    if (error instanceof MoneyFormatError) return null;
    throw error;
  }
}

/** How one row was paid. `amount` is that of the row, minor units. */
export function toMeans(wire: WireTransaction, amount: number): Means {
  const name = methodNameOf(wire);
  const installments = Math.max(1, wire.paymentCount ?? 1);
  return {
    method: toMethod(name),
    amount,
    brand: wire.brandName,
    last4: wire.lastFour,
    wallet: name === 'credit-card' ? null : name,
    dealType: toDealType(wire.creditTerms, installments),
    installments,
    ...toInstalments(wire, amount, installments),
    approvalNumber: wire.approval,
    dueDate: null,
  };
}

/**
 * If a payment has several means, only the card part can be refunded through PayPlus.
 * Source: docs/reference/payplus.md, "Payments in parts".
 */
export const isCard = (wire: WireTransaction): boolean => methodNameOf(wire) === 'credit-card';

const methodNameOf = ({ method, lastFour }: WireTransaction): string | null =>
  method ?? (lastFour === null ? null : 'credit-card');

function toMethod(name: string | null): PaymentMethod {
  return name !== null && Object.hasOwn(CHARGE_METHODS, name) ? (CHARGE_METHODS[name] ?? 'other') : 'other';
}

function toDealType(terms: string | null, installments: number): DealType {
  const known = terms !== null && Object.hasOwn(DEAL_TYPES, terms) ? DEAL_TYPES[terms] : undefined;
  return known ?? (installments > 1 ? 'instalments' : 'regular');
}

/** The first and each further instalment, only if they add up to exactly the amount. */
function toInstalments(
  { firstPayment, restPayment, currency }: WireTransaction,
  amount: number,
  installments: number,
): Pick<Means, 'firstAmount' | 'restAmount'> {
  const none = { firstAmount: null, restAmount: null };
  if (installments === 1 || firstPayment === null || restPayment === null) return none;
  const [firstAmount, restAmount] = [toMinor(firstPayment, currency), toMinor(restPayment, currency)];
  if (firstAmount === null || restAmount === null) return none;
  return firstAmount + restAmount * (installments - 1) === amount ? { firstAmount, restAmount } : none;
}
