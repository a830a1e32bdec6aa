import { ProviderError } from '../../domain/provider-error.ts';
import { splitInclusive } from '../../domain/vat.ts';
import type { VatSplit } from '../../domain/vat.ts';

/** Whether only a part of the total has VAT. */
export function hasMixedVat(split: VatSplit): boolean {
  const { taxed, untaxed } = vatPartsOf(split);
  return taxed !== 0 && untaxed !== 0;
}

/**
 * The part of a total with VAT, the VAT in it, and the part without, in minor units.
 * @throws ProviderError `rejected` if the three amounts contradict each other
 */
export function vatPartsOf({ vat, total, rateBp }: VatSplit): { taxed: number; untaxed: number } {
  if (vat === 0) return { taxed: 0, untaxed: total };
  if (splitInclusive(total, rateBp).vat === vat) return { taxed: total, untaxed: 0 };
  // The order does not say the parts. A few neighbouring amounts have the same VAT; this is the middle one, so that
  // VAT is exact.
  const rate = BigInt(rateBp);
  const taxed = rateBp === 0 ? Infinity : Number((2n * BigInt(vat) * (10_000n + rate) + rate) / (2n * rate));
  if (taxed <= total) return { taxed, untaxed: total - taxed };
  throw new ProviderError(
    'rejected',
    `split: a total of ${total} cannot contain VAT of ${vat} at ${rateBp} basis points`,
  );
}
