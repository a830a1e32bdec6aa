import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { dayOfMoney, documentDay, isUnreported } from './document-day.ts';
import type { VatReturn } from './workspace.ts';

describe('a day whose VAT was not reported', () => {
  const today = '2026-12-02';
  it.each([
    ['2026-12-02', null, true],
    ['2026-11-01', null, true],
    ['2026-10-31', null, false],
    ['2026-11-30', '2026-11-30', false],
    ['2026-12-01', '2026-11-30', true],
  ])('%s, with books closed through %s: %s', (movedOn, booksClosedThrough, expected) => {
    expect(isUnreported({ movedOn, today, booksClosedThrough })).toBe(expected);
  });

  it.each([
    // January and February are reported from 16 March on.
    ['2026-01-01', '2026-03-15', 2, 16, true],
    ['2026-02-28', '2026-03-16', 2, 16, false],
    ['2026-03-01', '2026-04-30', 2, 16, true],
    ['2025-12-31', '2026-01-15', 2, 16, true],
    ['2025-10-31', '2026-01-15', 2, 16, false],
    ['2026-02-28', '2026-04-01', 2, 28, false],
    // A month is reported from the 16th of the next on; on the 1st nothing of it is open any more.
    ['2025-12-01', '2026-01-15', 1, 16, true],
    ['2025-12-31', '2026-01-16', 1, 16, false],
    ['2026-01-31', '2026-02-01', 1, 1, false],
    ['2026-02-01', '2026-02-01', 1, 1, true],
  ] as const)(
    '%s on %s, reported each %s months from day %s on: %s',
    (movedOn, day, months, from, expected) => {
      const vatReturn = { months, reportedFromDay: from };
      expect(isUnreported({ movedOn, today: day, booksClosedThrough: null, vatReturn })).toBe(expected);
    },
  );
});

const days = fc
  .date({ min: new Date('2019-12-01'), max: new Date('2031-03-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const returns = fc.record<VatReturn>({
  months: fc.constantFrom(1, 2),
  reportedFromDay: fc.integer({ min: 1, max: 28 }),
});

/** The day on which the return of a day's period counts as filed, worked out from the day itself. */
function reportedOn(movedOn: string, { months, reportedFromDay }: VatReturn): string {
  const [year = 0, month = 0] = movedOn.split('-').map(Number);
  const next = Math.ceil(month / months) * months + 1;
  const [inYear, inMonth] = next > 12 ? [year + 1, next - 12] : [year, next];
  return [inYear, inMonth, reportedFromDay].map((part) => String(part).padStart(2, '0')).join('-');
}

describe('the day on which money moved', () => {
  it.each([
    ['2026-12-31T21:59:00Z', '2027-01-02T10:00:00Z', '2026-12-31'],
    // A vendor whose clock is a minute, or a year, ahead.
    ['2026-12-31T22:00:30Z', '2026-12-31T21:59:30Z', '2026-12-31'],
    ['2027-12-31T10:00:00Z', '2026-12-31T10:00:00Z', '2026-12-31'],
  ])('%s on a document of %s: %s', (movedAt, issuedAt, day) => {
    expect(dayOfMoney(new Date(movedAt), new Date(issuedAt), 'Asia/Jerusalem')).toBe(day);
  });
});

describe('the day of a document', () => {
  it('is that of its money until the return of that period counts as filed, then the present one', () => {
    fc.assert(
      fc.property(days, days, returns, (one, other, vatReturn) => {
        const [movedOn = '', today = ''] = [one, other].toSorted();
        const expected = today < reportedOn(movedOn, vatReturn) ? movedOn : today;
        expect(documentDay({ movedOn, today, booksClosedThrough: null, vatReturn })).toBe(expected);
      }),
    );
  });

  it('never lies in closed books, nor before its money, whoever reports how', () => {
    fc.assert(
      fc.property(days, days, days, fc.option(returns), (one, other, third, vatReturn) => {
        const [movedOn = '', booksClosedThrough = '', today = ''] = [one, other, third].toSorted();
        fc.pre(booksClosedThrough < today);
        const day = documentDay({ movedOn, today, booksClosedThrough, vatReturn });
        expect(day > booksClosedThrough && day >= movedOn && day <= today).toBe(true);
      }),
    );
  });
});
