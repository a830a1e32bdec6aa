import { describe, expect, it } from '#jest';
import { periodOf, periodsIn } from './periods.ts';

describe('the period of a day', () => {
  it.each([
    ['day', '2026-02-28'],
    ['week', '2026-02-22'],
    ['month', '2026-02'],
    ['two_months', '2026-01/02'],
    ['quarter', '2026-Q1'],
    ['year', '2026'],
  ] as const)('by %s is %s', (kind, period) => {
    expect(periodOf('2026-02-28', kind)).toBe(period);
  });

  it('begins a week on Sunday', () => {
    expect(periodOf('2026-02-28', 'week')).toBe('2026-02-22');
    expect(periodOf('2026-03-01', 'week')).toBe('2026-03-01');
  });
});

describe('the periods of a range', () => {
  it('are all there, in order, and the last day is not in it', () => {
    expect(periodsIn({ from: '2025-11-15', to: '2026-02-01' }, 'month')).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
    ]);
    expect(periodsIn({ from: '2026-02-28', to: '2026-03-02' }, 'week')).toEqual(['2026-02-22', '2026-03-01']);
    expect(periodsIn({ from: '2026-03-01', to: '2026-07-01' }, 'two_months')).toEqual([
      '2026-03/04',
      '2026-05/06',
    ]);
  });
});
