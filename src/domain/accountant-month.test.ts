import { describe, expect, it } from '#jest';
import { changeAccountantMonth, dueMonths, rangeOf } from './accountant-month.ts';
import { dayInZone } from './calendar.ts';

const TO = 'accountant@example.com';
const due = (day: number, firstMonth: string, today: string, lastMonth: string | null = null) =>
  dueMonths({ to: TO, day, firstMonth }, { today, lastMonth });

describe('the month before', () => {
  it.each([
    ['a day before its day', 10, '2026-03', '2026-04-09', []],
    ['on its day', 10, '2026-03', '2026-04-10', ['2026-03']],
    ['later, where nobody looked on its day', 10, '2026-03', '2026-04-30', ['2026-03']],
    ['on the 31st, in a month of 30 days: not on the 29th', 31, '2026-03', '2026-04-29', []],
    ['on the 31st, in a month of 30 days: on its last', 31, '2026-03', '2026-04-30', ['2026-03']],
    ['on the 30th, in February: on the 28th', 30, '2026-01', '2026-02-28', ['2026-01']],
    ['on the 30th, in a leap year: not on the 28th of February', 30, '2028-01', '2028-02-28', []],
    ['on the 30th, in a leap year: on the 29th of February', 30, '2028-01', '2028-02-29', ['2028-01']],
    ['on the 31st, in a month of 31 days', 31, '2026-04', '2026-05-30', []],
    ['over the turn of the year', 1, '2026-12', '2027-01-01', ['2026-12']],
    ['not before the year has turned', 1, '2026-12', '2026-12-31', []],
  ] as const)('is due %s', (_, day, firstMonth, today, months) => {
    expect(due(day, firstMonth, today)).toEqual(months);
  });

  it('is due once', () => {
    expect(due(1, '2026-03', '2026-04-01', '2026-03')).toEqual([]);
    expect(due(1, '2026-03', '2026-05-01', '2026-03')).toEqual(['2026-04']);
  });

  it('is not left out where nothing ran for months', () => {
    expect(due(5, '2026-10', '2027-02-06', '2026-10')).toEqual(['2026-11', '2026-12', '2027-01']);
    expect(due(5, '2026-10', '2027-01-04', '2026-10')).toEqual(['2026-11']);
  });

  it('is not due for what was before the switch, also where it was on earlier', () => {
    expect(due(1, '2026-05', '2026-05-31')).toEqual([]);
    expect(due(1, '2026-05', '2026-06-01', '2026-01')).toEqual(['2026-05']);
  });

  it('is due by the day of the business, not by the clock of the server', () => {
    const instant = new Date('2026-12-31T22:30:00Z');
    expect(due(1, '2026-12', dayInZone(instant, 'Asia/Jerusalem'))).toEqual(['2026-12']);
    expect(due(1, '2026-12', dayInZone(instant, 'America/New_York'))).toEqual([]);
  });

  it('has the days of its calendar', () => {
    expect(rangeOf('2026-12')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
    expect(rangeOf('2028-02')).toEqual({ from: '2028-02-01', to: '2028-03-01' });
  });
});

describe('a change of the setting', () => {
  const before = { to: TO, day: 3, firstMonth: '2026-02' };

  it('keeps what it does not name, and the first month', () => {
    expect(changeAccountantMonth(before, { day: 9 }, '2026-07-20')).toEqual({ ...before, day: 9 });
    expect(changeAccountantMonth(before, { to: 'x@example.com' }, '2026-07-20').firstMonth).toBe('2026-02');
  });

  it('begins with the month in which it is switched on', () => {
    expect(changeAccountantMonth(null, { to: TO, day: 3 }, '2026-07-31').firstMonth).toBe('2026-07');
  });
});
