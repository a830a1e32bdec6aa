import { BUSINESS } from './account.ts';
import type { BusinessType } from './account.ts';

/**
 * First number of each type.
 * Source: docs/reference/green-invoice.md, "Document types"; those not documented begin at 1.
 */
const FIRST_NUMBERS: Readonly<Record<number, number>> = {
  100: 10_001,
  200: 20_001,
  210: 30_001,
  300: 40_001,
  305: 50_001,
  320: 60_001,
  330: 70_001,
  400: 80_001,
  500: 90_001,
};

export const firstNumberOf = (type: number): number => FIRST_NUMBERS[type] ?? 1;

const TAX_INVOICES = [305, 320, 330];
const DONATION_RECEIPT = 405;

/** Types with payments: they must have `payment[]`, and those in `WITHOUT_PAYMENT` must not. */
export const WITH_PAYMENT: readonly number[] = [320, 400, 405];
export const WITHOUT_PAYMENT: readonly number[] = [100, 300, 305];
/** Types that the vendor accepts with payments only, without income rows. */
export const RECEIPTS: readonly number[] = [400, 405];
/** Types that may need an allocation number. */
export const ALLOCATED: readonly number[] = [305, 320];

/** A dealer without VAT issues no tax invoices; only an amuta issues donation receipts. */
export function mayIssue(type: number, business: BusinessType): boolean {
  if (type === DONATION_RECEIPT) return business === BUSINESS.amuta;
  return !TAX_INVOICES.includes(type) || !isVatExempt(business);
}

export const isVatExempt = (business: BusinessType): boolean =>
  business === BUSINESS.patur || business === BUSINESS.amuta;

/** The vendor's status codes. */
export const STATUS = { open: 0, closed: 1, cancelling: 3, cancelled: 4 } as const;
