import { expect, it } from '#jest';
import { comparedFrom } from './reconcile-account.ts';

const NOW = new Date('2026-12-01T01:10:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);

it.each([
  ['that was never compared, is compared for ninety days', null, 90],
  ['that was compared last night, for three days', 1, 3],
  ['that was compared an hour ago, because somebody asked, for three days all the same', 1 / 24, 3],
  ['whose comparisons failed for ten days, from the last one on', 10, 12],
  ['that was out of reach for a year, for ninety days', 365, 90],
])('an account %s', (_what, comparedDaysAgo, days) => {
  const comparedUntil = comparedDaysAgo === null ? null : daysAgo(comparedDaysAgo);
  expect(comparedFrom(comparedUntil, NOW)).toEqual(daysAgo(days));
});
