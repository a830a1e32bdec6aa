import { describe, expect, it } from '#jest';
import { Problem } from '../../domain/problems.ts';
import { newId } from '../../domain/ids.ts';
import { fromCursor, toCursor, toPage } from './cursor.ts';

describe('a cursor', () => {
  it('comes back as the place it was made from', () => {
    const place = { sortKey: '2026-01-05T10:11:12.123Z', id: newId('payment') };
    expect(fromCursor(toCursor(place.sortKey, place.id))).toEqual(place);
    expect(fromCursor(undefined)).toBeNull();
  });

  const id = newId('payment');
  const forged = [
    ['yesterday', id],
    ['2026-02-30', id],
    ['2026-01-05', 'pay_\u0000'],
    ['2026-01-05'],
    null,
  ].map((place) => Buffer.from(JSON.stringify(place)).toString('base64url'));

  it.each(['', 'x', ...forged])('that no list returned is refused: %j', (cursor) => {
    expect(() => fromCursor(cursor)).toThrow(Problem);
  });
});

describe('a page', () => {
  const page = (rows: number[], limit: number) => toPage(rows, limit, (row) => row * 10, String);

  it('names the next one only where a row was left over', () => {
    expect(page([1, 2, 3], 2)).toEqual({ data: [10, 20], next: '2' });
    expect(page([1, 2], 2)).toEqual({ data: [10, 20], next: null });
    expect(page([], 2)).toEqual({ data: [], next: null });
  });
});
