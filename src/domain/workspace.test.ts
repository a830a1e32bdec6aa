import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { countryName, effectiveIssuer, neutralDescription, toIsraeliTaxId } from './workspace.ts';

const isIsraeliTaxId = (text: string): boolean => toIsraeliTaxId(text) !== null;

/** A nine-digit number with its valid last digit, found by search and not by the formula. */
function withCheckDigit(eight: string): string {
  const valid = Array.from({ length: 10 }, (_, digit) => `${eight}${digit}`).filter(isIsraeliTaxId);
  expect(valid).toHaveLength(1);
  return valid[0] ?? '';
}

const eightDigits = fc.stringMatching(/^\d{8}$/).filter((eight) => eight !== '00000000');

describe('an Israeli tax number', () => {
  it.each(['000000018', '18010', '123456782', '777777715', '777777723', '510000003'])(
    '%s is valid',
    (text) => {
      expect(isIsraeliTaxId(text)).toBe(true);
    },
  );

  it.each([
    '123456789',
    '777777716',
    '12345678',
    '1234567820',
    '1018',
    '',
    '12345678a',
    '123-45678',
    ' 123456782',
    '-23456782',
    '00000',
    '000000000',
  ])('%p is not', (text) => {
    expect(isIsraeliTaxId(text)).toBe(false);
  });

  it('has exactly one check digit for every eight digits', () => {
    fc.assert(fc.property(eightDigits, (eight) => expect(isIsraeliTaxId(withCheckDigit(eight))).toBe(true)));
  });

  it('shows every mistyped digit', () => {
    const place = fc.integer({ min: 0, max: 8 });
    const step = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(eightDigits, place, step, (eight, at, by) => {
        const right = withCheckDigit(eight);
        const wrong = (Number(right[at]) + by) % 10;
        expect(isIsraeliTaxId(`${right.slice(0, at)}${wrong}${right.slice(at + 1)}`)).toBe(false);
      }),
    );
  });

  it('is the same number without its leading zeros', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 99_999_999 }), (number) => {
        const text = String(number);
        expect(toIsraeliTaxId(text)).toBe(toIsraeliTaxId(text.padStart(9, '0')));
      }),
    );
    expect(toIsraeliTaxId('18010')).toBe('000018010');
  });
});

it.each([
  ['he', null, 'תשלום'],
  ['en', null, 'Payment'],
  ['he', 'Session', 'Session'],
] as const)('a vendor is told, in %s with %p set: %s', (locale, providerDescription, words) => {
  expect(neutralDescription({ providerDescription }, locale)).toBe(words);
});

it.each([
  [null, true, 'invoice_service'],
  [null, false, 'engine'],
  ['engine', true, 'engine'],
  ['invoice_service', true, 'invoice_service'],
  ['invoice_service', false, 'engine'],
] as const)(
  'with %p set, and a service that issues legal documents: %p, the issuer is %s',
  (set, legal, issuer) => {
    expect(effectiveIssuer(set, legal)).toBe(issuer);
  },
);

it.each([
  ['IL', 'he', 'ישראל'],
  ['US', 'he', 'ארצות הברית'],
  ['IL', 'en', 'Israel'],
  ['Narnia', 'he', 'Narnia'],
] as const)('%s is called, in %s: %s', (country, locale, name) => {
  expect(countryName(country, locale)).toBe(name);
});
