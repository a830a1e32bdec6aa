import { describe, expect, it } from '#jest';
import { Problem } from '../../domain/problems.ts';
import { newId } from '../../domain/ids.ts';
import { cursorsOf, toPage } from './cursor.ts';

describe('a cursor', () => {
  const list = cursorsOf('/v1/payments', { status: 'paid', from: new Date(0) });
  const id = newId('payment');
  const place = { sortKey: '2026-01-05T10:11:12.123456Z', id };

  it('comes back as the place it was made from, in the list it was made for', () => {
    const again = cursorsOf('/v1/payments', { from: new Date(0), status: 'paid', subject: undefined });
    expect(again.read(list.write(place.sortKey, id))).toEqual(place);
    expect(list.read(undefined)).toBeNull();
  });

  it.each([
    ['another list', cursorsOf('/v1/documents', { status: 'paid', from: new Date(0) })],
    ['other filters', cursorsOf('/v1/payments', { status: 'paid' })],
    ['ids of another form', cursorsOf('/v1/payments', { status: 'paid', from: new Date(0) }, /^\d+$/)],
  ])('is refused by %s', (_what, other) => {
    expect(() => other.read(list.write(place.sortKey, id))).toThrow(Problem);
  });

  const forged = [
    list.write('yesterday', id),
    list.write('2026-02-30', id),
    list.write('0000-01-01', id),
    list.write('2026-01-05', 'pay_\u0000'),
    ...[['2026-01-05', id], null].map((given) => Buffer.from(JSON.stringify(given)).toString('base64url')),
  ];

  it.each(['', 'x', ...forged])('that no list returned is refused: %j', (cursor) => {
    expect(() => list.read(cursor)).toThrow(Problem);
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
