import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { dayAfter, dayInZone, fiscalYearOf, fromZonedStamp, isTimeZone } from './calendar.ts';

const JERUSALEM = 'Asia/Jerusalem';
const ZONES = [
  JERUSALEM,
  'America/New_York',
  'Europe/London',
  'UTC',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];
const instants = fc
  .integer({ min: Date.parse('2015-10-01T00:00:00Z') / 1000, max: Date.parse('2045-01-01T00:00:00Z') / 1000 })
  .map((seconds) => new Date(seconds * 1000));
const zones = fc.constantFrom(...ZONES);

/** The wall clock of a zone, computed in another way than the code under test. */
function wallClock(instant: Date, timeZone: string): string {
  return instant.toLocaleString('sv-SE', { timeZone });
}

describe('the day of an instant in a zone', () => {
  it.each([
    ['2024-12-31T21:59:59.999Z', JERUSALEM, '2024-12-31'],
    ['2024-12-31T22:00:00.000Z', JERUSALEM, '2025-01-01'],
    ['2024-12-31T22:00:00.000Z', 'UTC', '2024-12-31'],
    ['2025-01-01T04:59:59.999Z', 'America/New_York', '2024-12-31'],
    ['2026-07-01T20:59:59.999Z', JERUSALEM, '2026-07-01'],
    ['2026-07-01T21:00:00.000Z', JERUSALEM, '2026-07-02'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(dayInZone(new Date(instant), zone)).toBe(day);
  });

  // Clocks went forward on Friday 27 March 2026 at 02:00 (+2 → +3) and back on Sunday 25 October at 02:00 (+3 → +2).
  it.each([
    ['2026-03-26T21:59:59Z', '2026-03-26'],
    ['2026-03-26T22:00:00Z', '2026-03-27'],
    ['2026-03-26T23:59:59Z', '2026-03-27'],
    ['2026-03-27T00:00:00Z', '2026-03-27'],
    ['2026-03-27T20:59:59Z', '2026-03-27'],
    ['2026-03-27T21:00:00Z', '2026-03-28'],
    ['2026-10-24T20:59:59Z', '2026-10-24'],
    ['2026-10-24T21:00:00Z', '2026-10-25'],
    ['2026-10-24T23:30:00Z', '2026-10-25'],
    ['2026-10-25T21:59:59Z', '2026-10-25'],
    ['2026-10-25T22:00:00Z', '2026-10-26'],
  ])('over the nights of a clock change in Jerusalem, %s is %s', (instant, day) => {
    expect(dayInZone(new Date(instant), JERUSALEM)).toBe(day);
  });

  it('is the day that a clock on the wall there shows', () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        expect(dayInZone(instant, zone)).toBe(wallClock(instant, zone).slice(0, 10));
      }),
    );
  });
});

describe('the day after', () => {
  it.each([
    ['2024-02-28', '2024-02-29'],
    ['2025-02-28', '2025-03-01'],
    ['2025-12-31', '2026-01-01'],
    ['2026-03-27', '2026-03-28'],
    ['2026-10-25', '2026-10-26'],
  ])('%s is %s', (day, next) => {
    expect(dayAfter(day)).toBe(next);
  });

  it('is later in text order and exactly 24 UTC hours on', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const day = instant.toISOString().slice(0, 10);
        const next = dayAfter(day);
        expect(next > day).toBe(true);
        expect(Date.parse(next) - Date.parse(day)).toBe(86_400_000);
      }),
    );
  });
});

it('a fiscal year is the calendar year of the day in the zone', () => {
  expect(fiscalYearOf('2025-12-31')).toBe(2025);
  expect(fiscalYearOf(dayInZone(new Date('2025-12-31T22:00:00Z'), JERUSALEM))).toBe(2026);
});

it.each([
  [JERUSALEM, true],
  ['UTC', true],
  ['Asia/Tel-Aviv', false],
  ['', false],
])('%p is a time zone: %p', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});

describe('a stamp without zone', () => {
  it.each([
    ['2026-01-05 10:11:12', '2026-01-05T08:11:12.000Z'],
    ['2026-01-05T10:11:12', '2026-01-05T08:11:12.000Z'],
    ['2026-07-05 10:11:12', '2026-07-05T07:11:12.000Z'],
    [' 2024-12-31 23:59:30 ', '2024-12-31T21:59:30.000Z'],
    ['2026-03-27 01:59:59', '2026-03-26T23:59:59.000Z'],
    ['2026-03-27 03:00:00', '2026-03-27T00:00:00.000Z'],
    ['2026-10-25 00:59:59', '2026-10-24T21:59:59.000Z'],
    ['2026-10-25 02:00:00', '2026-10-25T00:00:00.000Z'],
  ])('%p is read as Jerusalem: %s', (stamp, instant) => {
    expect(fromZonedStamp(stamp, JERUSALEM).toISOString()).toBe(instant);
  });

  it('in the hour that comes twice is the earlier instant', () => {
    expect(fromZonedStamp('2026-10-25 01:30:00', JERUSALEM).toISOString()).toBe('2026-10-24T22:30:00.000Z');
  });

  it('in the hour that is skipped is read with the clock that was not put forward yet', () => {
    expect(fromZonedStamp('2026-03-27 02:30:00', JERUSALEM).toISOString()).toBe('2026-03-27T00:30:00.000Z');
  });

  it.each([
    ['2026-03-26T00:00:00Z', '2026-03-28T00:00:00Z'],
    ['2026-10-24T00:00:00Z', '2026-10-26T00:00:00Z'],
  ])(
    'comes back through the days of a clock change (%s to %s): same wall clock, never a later instant',
    (from, to) => {
      for (let at = Date.parse(from); at < Date.parse(to); at += 5 * 60_000) {
        const stamp = wallClock(new Date(at), JERUSALEM);
        const read = fromZonedStamp(stamp, JERUSALEM);
        expect(wallClock(read, JERUSALEM)).toBe(stamp);
        expect([0, 3_600_000]).toContain(at - read.getTime());
      }
    },
  );

  it('comes back as the instant it was written at, but for the hour that comes twice', () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const stamp = wallClock(instant, zone);
        const read = fromZonedStamp(stamp, zone);
        expect(wallClock(read, zone)).toBe(stamp);
        // Lord Howe moves its clocks by half an hour, the others by a whole one.
        expect([0, 1_800_000, 3_600_000]).toContain(instant.getTime() - read.getTime());
      }),
    );
  });

  it.each([
    '2026-01-05',
    '10:11:12',
    '05/01/2026 10:11:12',
    '2026-01-05 10:11',
    '2026-01-05 10:11:12Z',
    '2026-01-05 10:11:12+02:00',
    '2026-13-05 10:11:12',
    '2026-01-05 25:00:00',
    '2026-02-30 10:00:00',
    '2025-02-29 10:00:00',
    '2026-01-05 24:00:00',
    '',
  ])('%p is refused', (stamp) => {
    expect(() => fromZonedStamp(stamp, JERUSALEM)).toThrow(RangeError);
  });
});
