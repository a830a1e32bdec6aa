import { expect, it } from '#jest';
import { periodOf } from './reconcile-account.ts';

const NOW = new Date('2026-12-01T01:10:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);

it.each([
  ['that was never compared, is compared for ninety days', null, 90, 90],
  ['that was compared last night, for three days', 1, 3, 1],
  ['that was compared an hour ago, because somebody asked, for three days all the same', 1 / 24, 3, 1],
  ['whose comparisons failed for ten days, from the last one on', 10, 12, 10],
  ['that was out of reach for a year, for ninety days', 365, 90, 90],
])('an account %s', (_what, comparedDaysAgo, days, lastDaysAgo) => {
  const comparedUntil = comparedDaysAgo === null ? null : daysAgo(comparedDaysAgo);
  const period = { from: daysAgo(days), lastAt: daysAgo(lastDaysAgo), until: NOW };
  expect(periodOf(comparedUntil, NOW)).toEqual(period);
});
