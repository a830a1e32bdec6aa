import { describe, expect, it } from '#jest';
import { divideRounded, toMajor, toMajorText, toMinor, toScaled } from './decimal.ts';

describe('money on the wire', () => {
  it.each([
    [129.9, 'ILS', 12990],
    [0.29, 'ILS', 29],
    [1.005, 'ILS', null],
    ['4.10', 'USD', 410],
    [100, 'JPY', 100],
    [0.5, 'JPY', null],
    [1.234, 'KWD', 1234],
    [1e21, 'ILS', null],
    ['1,000', 'ILS', null],
    [NaN, 'ILS', null],
    [null, 'ILS', null],
  ])('%p %s is %p minor units', (value, currency, minor) => {
    expect(toMinor(value, currency)).toBe(minor);
  });

  it('comes back as it was', () => {
    for (const minor of [0, 1, 29, 12990, 999_999_999_999])
      expect(toMinor(toMajor(minor, 'ILS'), 'ILS')).toBe(minor);
    expect(toMajorText(-5, 'ILS')).toBe('-0.05');
    expect(toMajorText(7, 'JPY')).toBe('7');
  });

  it('is rounded half away from zero, and scaled without floats', () => {
    expect([divideRounded(5n, 2n), divideRounded(-5n, 2n), divideRounded(4n, 3n)]).toEqual([3n, -3n, 1n]);
    expect(toScaled('110.0847', 4)).toBe(1_100_847n);
  });
});
