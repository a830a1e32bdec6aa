import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { ID_PREFIXES, isId, newId, newToken } from './ids.ts';
import type { IdKind } from './ids.ts';

const KINDS = Object.keys(ID_PREFIXES) as IdKind[];
const kinds = fc.constantFrom(...KINDS);
const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('an id', () => {
  it.each(KINDS)('of a %s has its prefix and 26 letters, and is of no other kind', (kind) => {
    const id = newId(kind);
    expect(id).toMatch(new RegExp(`^${ID_PREFIXES[kind]}_[0-9abcdefghjkmnpqrstvwxyz]{26}$`));
    expect(KINDS.filter((other) => isId(other, id))).toEqual([kind]);
  });

  it('sorts by the time of its making', () => {
    fc.assert(
      fc.property(kinds, times, times, (kind, a, b) => {
        fc.pre(a < b);
        expect(newId(kind, a) < newId(kind, b)).toBe(true);
      }),
    );
  });

  it('says nothing but its time: two of the same millisecond share only the first 10 letters', () => {
    const now = Date.UTC(2026, 0, 1);
    const ids = Array.from({ length: 2_000 }, () => newId('payment', now));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.map((id) => id.slice(0, 'pay_'.length + 10))).size).toBe(1);
    for (const place of [14, 20, 29]) expect(new Set(ids.map((id) => id[place])).size).toBe(32);
  });

  it('carries the whole 48 bits of its milliseconds', () => {
    expect(newId('payment', 2 ** 48 - 1)).toMatch(/^pay_7zzzzzzzz/);
    expect(newId('payment', 0)).toMatch(/^pay_000000000/);
  });

  it.each(['', 'pay_', 'pay', `pay_${'0'.repeat(25)}`, `pay_${'0'.repeat(27)}`, `PAY_${'0'.repeat(26)}`])(
    '%p is none of a payment',
    (text) => {
      expect(isId('payment', text)).toBe(false);
    },
  );

  it.each([
    `pay_${'A'.repeat(26)}`,
    `pay_${'0'.repeat(26)}\n`,
    ` pay_${'0'.repeat(26)}`,
    `ref_${'0'.repeat(26)}`,
  ])('%p is not taken for a payment either', (text) => {
    expect(isId('payment', text)).toBe(false);
  });
});

it('prefixes are told apart', () => {
  expect(new Set(Object.values(ID_PREFIXES)).size).toBe(KINDS.length);
});

describe('a token', () => {
  const tokens = Array.from({ length: 3_000 }, () => newToken());

  it('is 24 bytes in the alphabet of URLs, so it stands in an address as it is', () => {
    for (const token of tokens) {
      expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
      expect(encodeURIComponent(token)).toBe(token);
      expect(Buffer.from(token, 'base64url')).toHaveLength(24);
    }
  });

  it('never comes twice, and every bit of it moves', () => {
    expect(new Set(tokens).size).toBe(tokens.length);
    for (let at = 0; at < 32; at += 1) expect(new Set(tokens.map((token) => token[at])).size).toBe(64);
  });
});
