import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import {
  CURRENCIES,
  MoneyFormatError,
  exponentOf,
  fromMajorNumber,
  fromMajorText,
  isCurrency,
  sumMinor,
  toMajorText,
  toSumText,
} from './money.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const exponents = fc.integer({ min: 0, max: 4 });
const amounts = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -1_000_000, max: 1_000_000 }));
const power = (exponent: number): bigint => 10n ** BigInt(exponent);

describe('minor units as text', () => {
  it.each([
    [35_050, 2, '350.50'],
    [7, 3, '0.007'],
    [7, 0, '7'],
    [0, 2, '0.00'],
    [-5, 2, '-0.05'],
    [-100, 2, '-1.00'],
    [-0, 2, '0.00'],
    [MAX, 2, '90071992547409.91'],
    [-MAX, 4, '-900719925474.0991'],
  ])('%p with %p decimals reads %p', (minor, exponent, text) => {
    expect(toMajorText(minor, exponent)).toBe(text);
  });

  it('always comes back as the same number of minor units', () => {
    fc.assert(
      fc.property(amounts, exponents, (minor, exponent) => {
        expect(fromMajorText(toMajorText(minor, exponent), exponent)).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });

  it('shows exactly as many decimals as the currency has', () => {
    fc.assert(
      fc.property(amounts, exponents, (minor, exponent) => {
        const [, fraction = ''] = toMajorText(minor, exponent).split('.');
        expect(fraction).toHaveLength(exponent);
      }),
    );
  });

  it.each([0.5, Number.NaN, Infinity, MAX + 1, -MAX - 1])('%p is no amount of minor units', (wrong) => {
    expect(() => toMajorText(wrong, 2)).toThrow(MoneyFormatError);
  });
});

describe('a sum as a person reads it', () => {
  it.each([
    [35_050, 'ILS', '350.50 ILS'],
    [5_000, 'JPY', '5000 JPY'],
    [5_000, 'KWD', '5.000 KWD'],
    [5_000, 'UYW', '0.5000 UYW'],
    [-5, 'SEK', '-0.05 SEK'],
  ])('%p of %s has the decimals of its currency', (minor, currency, text) => {
    expect(toSumText(minor, currency)).toBe(text);
  });
});

describe('text in major units', () => {
  it.each([
    ['350.5', 2, 35_050],
    ['350.500', 2, 35_050],
    ['350', 2, 35_000],
    ['0.29', 2, 29],
    ['1.15', 2, 115],
    ['-0.00', 2, 0],
    ['007.10', 2, 710],
    [' 12.30 ', 2, 1_230],
    ['12.000', 0, 12],
    ['90071992547409.91', 2, MAX],
  ])('%p with %p decimals is %p minor units', (text, exponent, minor) => {
    expect(fromMajorText(text, exponent)).toBe(minor);
  });

  it.each(['', ' ', '.5', '5.', '1,000.00', '+1', '1e3', '0x10', '--1', '1.2.3', '₪5', '١', 'NaN', '- 1'])(
    '%p is refused as not decimal',
    (text) => {
      expect(() => fromMajorText(text, 2)).toThrow('is not a decimal amount');
    },
  );

  it('is never rounded: a digit past the exponent is refused, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        exponents,
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 9 }),
        (minor, exponent, zeros, digit) => {
          const exact = toMajorText(minor, exponent) + (exponent === 0 ? '.' : '');
          const text = `${exact}${'0'.repeat(zeros)}${digit}`;
          expect(() => fromMajorText(text, exponent)).toThrow(`has more than ${exponent} decimals`);
        },
      ),
    );
  });

  it('is read or refused, never read as another sum', () => {
    const parts = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.stringMatching(/^\d{1,6}$/));
    fc.assert(
      fc.property(parts, exponents, ([whole, fraction], exponent) => {
        let minor: number;
        try {
          minor = fromMajorText(`${whole}.${fraction}`, exponent);
        } catch (error) {
          expect(error).toBeInstanceOf(MoneyFormatError);
          return;
        }
        const scaled = BigInt(`${whole}${fraction}`) * power(exponent);
        expect(BigInt(minor) * power(fraction.length)).toBe(scaled);
      }),
    );
  });

  it.each(['90071992547409.92', '-90071992547409.92', '90071992547409.93', '9'.repeat(400)])(
    '%p is too large to be exact',
    (text) => {
      expect(() => fromMajorText(text, 2)).toThrow('too large to be exact');
    },
  );
});

describe("a vendor's JSON number in major units", () => {
  const numbers = fc.integer({ min: -(10 ** 15 - 1), max: 10 ** 15 - 1 });

  it('is the sum that the vendor wrote, for every amount of up to 15 digits', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 4 }), (minor, exponent) => {
        const parsed = JSON.parse(toMajorText(minor, exponent)) as number;
        expect(fromMajorNumber(parsed, exponent)).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });

  it('is refused where a double cannot tell neighbouring sums apart', () => {
    const large = fc.integer({ min: 10 ** 15, max: MAX });
    fc.assert(
      fc.property(large, fc.integer({ min: 1, max: 4 }), (minor, exponent) => {
        const parsed = JSON.parse(toMajorText(minor, exponent)) as number;
        expect(() => fromMajorNumber(parsed, exponent)).toThrow(MoneyFormatError);
      }),
    );
  });

  it.each([0.1 + 0.2, 1.005, 1e-7, 1e21, Number.NaN, Infinity])('%p is refused, not rounded', (value) => {
    expect(() => fromMajorNumber(value, 2)).toThrow(MoneyFormatError);
  });
});

describe('a sum of minor units', () => {
  it('is exact or refused', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 6 }), (list) => {
        const exact = list.reduce((sum, amount) => sum + BigInt(amount), 0n);
        let sum: number;
        try {
          sum = sumMinor(list);
        } catch (error) {
          expect(error).toBeInstanceOf(MoneyFormatError);
          return;
        }
        expect(BigInt(sum)).toBe(exact);
      }),
    );
  });

  it.each([[[MAX, 1]], [[-MAX, -1]], [[MAX, 2, -2]], [[0.5, 0.5]], [[Number.NaN]]])(
    '%p is refused',
    (list) => {
      expect(() => sumMinor(list)).toThrow(MoneyFormatError);
    },
  );

  it.each([
    [[], 0],
    [[MAX, -MAX], 0],
    [[MAX - 1, 1], MAX],
    [[100, 250, -50], 300],
  ])('%p is %p', (list, sum) => {
    expect(sumMinor(list)).toBe(sum);
  });
});

describe('a currency', () => {
  it.each([...CURRENCIES])('%s is known and has two decimals', (currency) => {
    expect(isCurrency(currency)).toBe(true);
    expect(exponentOf(currency)).toBe(2);
  });

  it.each(['ils', 'JPY', '', 'ILS ', 'toString', null, undefined, 376])('%p is none', (value) => {
    expect(isCurrency(value)).toBe(false);
  });
});
