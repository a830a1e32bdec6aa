import { sumMinor } from './money.ts';

/** Ways to pay, with a provider or without. `check` is a paper cheque. */
export const PAYMENT_METHODS = [
  'card',
  'bit',
  'apple_pay',
  'google_pay',
  'paypal',
  'bank_transfer',
  'cash',
  'check',
  'paybox',
  'other',
] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** How money may have come without a provider. */
export const MANUAL_METHODS = ['cash', 'bank_transfer', 'check', 'bit', 'paybox', 'card', 'other'] as const;
export type ManualMethod = (typeof MANUAL_METHODS)[number];

/** Whether money may come this way without a provider. Some ways, such as a card, are of both kinds. */
export function isManualMethod(method: MeansMethod): method is ManualMethod {
  return (MANUAL_METHODS as readonly MeansMethod[]).includes(method);
}

/**
 * A row of a document's means is money that came, or tax that the payer withheld at source and owes to the tax authority.
 * The sum paid is both together. Source: docs/reference/israel-tax.md, "What a document says".
 */
export type MeansMethod = PaymentMethod | 'withheld';

/**
 * What a receipt must say about a cheque, as text. `dueDate` is YYYY-MM-DD.
 * Source: docs/reference/israel-tax.md, "What a document says".
 */
export interface CheckDetails {
  readonly bank: string;
  readonly branch: string;
  readonly account: string;
  readonly number: string;
  readonly dueDate: string;
}

/** How a card is charged: at once, in parts, as credit of the card company, or at a later date. */
export type DealType = 'regular' | 'instalments' | 'credit' | 'deferred';

/**
 * How a sum, or a part of it, was paid, as the vendor reports it. Amounts in minor units of the payment's currency.
 */
export interface Means {
  readonly method: MeansMethod;
  readonly amount: number;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly wallet: string | null;
  readonly dealType: DealType;
  readonly installments: number;
  readonly firstAmount: number | null;
  readonly restAmount: number | null;
  readonly approvalNumber: string | null;
  readonly dueDate: string | null;
  /** For a cheque that the business recorded. */
  readonly check?: CheckDetails;
}

/** Means of a sum of which only the method is known. */
export function plainMeans(method: MeansMethod, amount: number): Means {
  return {
    method,
    amount,
    brand: null,
    last4: null,
    wallet: null,
    dealType: 'regular',
    installments: 1,
    firstAmount: null,
    restAmount: null,
    approvalNumber: null,
    dueDate: null,
  };
}

/** How the money came: the method of the first means that is money; null if there is none. */
export function methodOf(means: readonly Pick<Means, 'method'>[]): PaymentMethod | null {
  for (const { method } of means) if (method !== 'withheld') return method;
  return null;
}

/** The tax that the payer withheld at source, minor units. */
export function withheldIn(means: readonly Pick<Means, 'method' | 'amount'>[]): number {
  return sumMinor(means.filter(({ method }) => method === 'withheld').map(({ amount }) => amount));
}
