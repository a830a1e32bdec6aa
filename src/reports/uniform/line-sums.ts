import type { DocumentRow } from '../../db/document-rows.ts';
import type { DocumentLine } from '../../domain/document-content.ts';
import { sumMinor } from '../../domain/money.ts';
import { priceOf, unitPriceUp } from '../../domain/quantity.ts';
import { splitInclusive } from '../../domain/vat.ts';
import { signOf } from './parts.ts';

type Summed = Pick<DocumentRow, 'type' | 'net' | 'rateBp' | 'content'>;

/** What D110 says of a line, minor units without VAT: 1265, 1266 (never above zero) and 1267, before the discount of the document. */
export interface LineSums {
  readonly price: number;
  readonly discount: number;
  readonly sum: number;
}
/** The sums of no line. */
export const NOTHING: LineSums = { price: 0, discount: 0, sum: 0 };

/**
 * The lines as the publication adds them up. A price of whole agorot is rounded up, and what it is too much for all units stands in the
 * discount: less than an agora a unit. A negative line says what it comes to: its discounts would be positive.
 */
export function lineSums(row: Summed): readonly LineSums[] {
  const nets = netsOf(row);
  return row.content.lines.map((line, at) => {
    const { own, shared } = discountsOf(row, line);
    const sum = signOf(row) * (nets[at] ?? 0) + shared;
    const price = unitPriceUp(sum + own, line.quantity);
    return { price, discount: sum - Number(priceOf(line.quantity, price)), sum };
  });
}

/** The discount of the whole document (1220), without its minus. */
export function documentDiscountOf(row: Summed): number {
  return sumMinor(row.content.lines.map((line) => discountsOf(row, line).shared));
}

/** The discounts of a line without VAT, each rounded on its own. */
function discountsOf(row: Summed, line: DocumentLine): { readonly own: number; readonly shared: number } {
  if (signOf(row) < 0) return { own: 0, shared: 0 };
  const hasVatInside = row.content.pricesIncludeVat && line.vatTreatment === 'standard';
  const netOf = (minor = 0): number => (hasVatInside ? splitInclusive(minor, row.rateBp).net : minor);
  return { own: netOf(line.discount), shared: netOf(line.documentDiscount) };
}

/**
 * What each line comes to without VAT. VAT was computed once for all of them, so the rounding is shared out: together
 * they come to the net of the document.
 */
function netsOf({ net, content }: Summed): readonly number[] {
  const taxed = content.lines.filter(({ vatTreatment }) => vatTreatment === 'standard');
  const untaxed = sumMinor(content.lines.filter((line) => !taxed.includes(line)).map(({ total }) => total));
  const whole = BigInt(sumMinor(taxed.map(({ total }) => total)));
  let before = 0n;
  const shareUpTo = (sum: bigint): bigint =>
    whole === 0n ? 0n : (sum * BigInt(net - untaxed) * 2n + whole) / (whole * 2n);
  return content.lines.map((line: DocumentLine) => {
    if (line.vatTreatment !== 'standard') return line.total;
    const share = shareUpTo(before + BigInt(line.total)) - shareUpTo(before);
    before += BigInt(line.total);
    return Number(share);
  });
}
