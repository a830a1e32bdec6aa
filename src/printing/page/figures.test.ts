import { describe, expect, it } from '#jest';
import { CURRENCIES } from '../../domain/money.ts';
import { toAmountText, toClockText, toDayText, toRateText } from './figures.ts';

describe('figures of a document', () => {
  it('writes a sum with its symbol, its thousands and both decimals', () => {
    expect(toAmountText(35_000, 'ILS')).toBe('₪350.00');
    expect(toAmountText(123_450, 'USD')).toBe('$1,234.50');
    expect(toAmountText(1, 'ILS')).toBe('₪0.01');
    expect(toAmountText(0, 'EUR')).toBe('€0.00');
    expect(toAmountText(100_000, 'GBP')).toBe('£1,000.00');
    expect(toAmountText(1_000_000_000, 'ILS')).toBe('₪10,000,000.00');
    expect(toAmountText(-12_345_678, 'ILS')).toBe('-₪123,456.78');
  });

  it('keeps every digit of the largest sum', () => {
    expect(toAmountText(Number.MAX_SAFE_INTEGER, 'ILS')).toBe('₪90,071,992,547,409.91');
  });

  it('tells every currency apart', () => {
    expect(new Set(CURRENCIES.map((currency) => toAmountText(100, currency))).size).toBe(CURRENCIES.length);
  });

  it('refuses a sum that is not a whole number of minor units', () => {
    expect(() => toAmountText(0.5, 'ILS')).toThrow('not an integer of minor units');
  });

  it('writes a rate without needless decimals', () => {
    expect([1800, 1750, 1705, 0, 10_000].map(toRateText)).toEqual(['18%', '17.5%', '17.05%', '0%', '100%']);
  });

  it('writes a day as its readers do', () => {
    expect(toDayText('2026-01-05', 'he')).toBe('05/01/2026');
    expect(toDayText('2026-01-05', 'en')).toBe('5 January 2026');
    expect(toDayText('2026-12-31', 'en')).toBe('31 December 2026');
  });

  it('tells the time of the business, not of the machine', () => {
    expect(toClockText(new Date('2026-01-05T22:05:00Z'), 'Asia/Jerusalem')).toBe('00:05');
    expect(toClockText(new Date('2026-01-05T22:05:00Z'), 'America/New_York')).toBe('17:05');
  });
});
