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

/** How money that passed no provider may have come. */
export const MANUAL_METHODS = ['cash', 'bank_transfer', 'check', 'bit', 'paybox', 'card', 'other'] as const;
export type ManualMethod = (typeof MANUAL_METHODS)[number];

/**
 * What a receipt must say of a cheque (docs/reference/israel-tax.md, "What a document says"). Texts as they stand on
 * it; `dueDate` YYYY-MM-DD.
 */
export interface CheckDetails {
  readonly bank: string;
  readonly branch: string;
  readonly account: string;
  readonly number: string;
  readonly dueDate: string;
}

export type DealType = 'regular' | 'instalments' | 'credit' | 'deferred';

/** How (a part of) a sum was paid, as the vendor reports it. Amounts in minor units of the payment's currency. */
export interface Means {
  readonly method: PaymentMethod;
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
  /** Of a cheque that the business recorded. */
  readonly check?: CheckDetails;
}

/** Means of a sum about which nothing but the method is known. */
export function plainMeans(method: PaymentMethod, amount: number): Means {
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
