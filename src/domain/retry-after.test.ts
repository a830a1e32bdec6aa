import { expect, it } from '#jest';
import { readRetryAfter } from './retry-after.ts';

const NOW = new Date('2026-03-01T10:00:00Z');
const HOUR = 3_600_000;

it.each([
  ['7', 7_000],
  [' 1.5 ', 1_500],
  ['Sun, 01 Mar 2026 10:00:30 GMT', 30_000],
])('Retry-After "%s" is a pause of %d ms', (header, ms) => {
  expect(readRetryAfter(header, NOW)).toBe(ms);
});

it.each(['864000', '9'.repeat(400), 'Sun, 08 Mar 2026 10:00:00 GMT'])(
  'no Retry-After keeps us waiting for more than an hour: %s',
  (header) => {
    expect(readRetryAfter(header, NOW)).toBe(HOUR);
  },
);

it.each([undefined, '', 'soon', '-5', '0', 'NaN', 'Sun, 01 Mar 2026 09:00:00 GMT'])(
  'a Retry-After that says nothing is none: %s',
  (header) => {
    expect(readRetryAfter(header, NOW)).toBeNull();
  },
);
