/** Quantities have up to four decimals, as the uniform structure has (docs/reference/uniform-structure.md, "Files and encoding"). */
const PARTS = 10_000;
/** The largest quantity of a line. */
export const MAX_QUANTITY = 1_000_000;

/**
 * A quantity in ten-thousandths. Exact: of numbers up to a million with four decimals, a double keeps six more, so the nearest whole
 * number is the right one.
 */
export function partsOf(quantity: number): number {
  return Math.round(quantity * PARTS);
}

/** Whether it has at most four decimals. */
export function isQuantity(value: number): boolean {
  return partsOf(value) / PARTS === value;
}

/**
 * Quantity × price of a unit, rounded half up to the minor unit; of a negative price, the same with a minus. A bigint, because the
 * product may be beyond 2^53.
 */
export function priceOf(quantity: number, unitPrice: number): bigint {
  const twice = BigInt(partsOf(quantity)) * BigInt(Math.abs(unitPrice)) * 2n;
  const rounded = (twice + BigInt(PARTS)) / BigInt(2 * PARTS);
  return unitPrice < 0 ? -rounded : rounded;
}

/** Whether quantity × price of a unit is exactly an amount: nothing was rounded, and no discount taken off. */
export function isExactPrice(quantity: number, unitPrice: number, amount: number): boolean {
  return BigInt(partsOf(quantity)) * BigInt(unitPrice) === BigInt(amount) * BigInt(PARTS);
}

/** The price of a unit of which a quantity comes to an amount, minor units; null if it is no whole number. */
export function unitPriceOf(amount: number, quantity: number): number | null {
  const [whole, parts] = [BigInt(amount) * BigInt(PARTS), BigInt(partsOf(quantity))];
  return whole % parts === 0n ? Number(whole / parts) : null;
}

/** The smallest price of a unit, in minor units, of which a quantity comes to an amount or more. Both may be negative. */
export function unitPriceUp(amount: number, quantity: number): number {
  const [whole, parts] = [BigInt(amount) * BigInt(PARTS), BigInt(partsOf(quantity))];
  return Number(whole / parts + (whole > 0n && whole % parts !== 0n ? 1n : 0n));
}
