/** A calendar day, YYYY-MM-DD. Days are always those of a workspace's time zone. */
export type Day = string;

/** Whether the runtime knows this IANA time zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const DAY_PARTS = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const CLOCK_PARTS = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** Formatters by zone: making one costs more than a hundred uses. There are some 600 zones, so it stays small. */
const days = new Map<string, Intl.DateTimeFormat>();
const clocks = new Map<string, Intl.DateTimeFormat>();

function formatterOf(
  made: Map<string, Intl.DateTimeFormat>,
  timeZone: string,
  parts: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const known = made.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', ...parts });
  made.set(timeZone, formatter);
  return formatter;
}

/** The calendar day of an instant in a time zone. */
export function dayInZone(instant: Date, timeZone: string): Day {
  return formatterOf(days, timeZone, DAY_PARTS).format(instant);
}

/** Fiscal year of a day (Israel: the calendar year). */
export function fiscalYearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** The day after. */
export function dayAfter(day: Day): Day {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

/** The first day of the calendar month before that of a day. */
export function firstOfLastMonth(day: Day): Day {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 10);
}

/** The same day a year earlier; of 29 February, 1 March. */
export function yearBefore(day: Day): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year - 1, month - 1, date)).toISOString().slice(0, 10);
}

/**
 * Reads a wall-clock stamp without zone ("2026-01-05 10:11:12") as an instant of `timeZone`.
 * In the hour that a clock change repeats, the earlier instant is taken; in the one it skips, the later reading.
 * @throws RangeError when the text is not such a stamp
 */
export function fromZonedStamp(stamp: string, timeZone: string): Date {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/.exec(stamp.trim());
  if (!match) throw new RangeError(`"${stamp}" is not a date and time`);
  const text = `${match[1] ?? ''}T${match[2] ?? ''}`;
  const asUtc = new Date(`${text}Z`);
  // Date takes 30 February for 2 March: only what it gives back unchanged exists.
  const exists = !Number.isNaN(asUtc.getTime()) && asUtc.toISOString().startsWith(text);
  if (!exists) throw new RangeError(`"${stamp}" is not a date and time`);
  const guesses = [-86_400_000, 86_400_000].map((shift) => {
    const offset = zoneOffsetMs(new Date(asUtc.getTime() + shift), timeZone);
    return new Date(asUtc.getTime() - offset);
  });
  const exact = guesses
    .filter((guess) => guess.getTime() + zoneOffsetMs(guess, timeZone) === asUtc.getTime())
    .sort((a, b) => a.getTime() - b.getTime());
  return exact[0] ?? guesses[0] ?? asUtc;
}

/** Milliseconds that `timeZone` is ahead of UTC at an instant. */
function zoneOffsetMs(instant: Date, timeZone: string): number {
  const text = formatterOf(clocks, timeZone, { ...DAY_PARTS, ...CLOCK_PARTS }).format(instant);
  const wall = Date.parse(`${text.replace(', ', 'T')}Z`);
  return wall - Math.floor(instant.getTime() / 1000) * 1000;
}
