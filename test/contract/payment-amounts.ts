import type { Currency } from '../../src/domain/money.ts';
import { PAYMENT_SUBJECTS } from './payment-subjects.ts';
import type { SubjectName } from './payment-subjects.ts';

/** Minor units on which floats and decimals go wrong, and the ends of what is usual. */
const EXACT_AMOUNTS = [1, 7, 10, 29, 2_999, 35_050, 99_999_999];

/** The sums above that the vendor takes at all, and the least that it takes. */
export function exactAmounts(name: SubjectName, currency: Currency): number[] {
  const least = PAYMENT_SUBJECTS[name].leastAmounts[currency] ?? 1;
  return [...new Set([least, ...EXACT_AMOUNTS.filter((amount) => amount >= least)])];
}
