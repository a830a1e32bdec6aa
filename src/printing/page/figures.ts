import type { Day } from '../../domain/calendar.ts';
import { exponentOf, toMajorText } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import type { Locale } from '../../domain/workspace.ts';

const SYMBOLS: Readonly<Record<Currency, string>> = {
  ILS: '₪',
  USD: '$',
  EUR: '€',
  GBP: '£',
  CAD: 'CA$',
  AUD: 'A$',
};

const ENGLISH_MONTHS =
  'January February March April May June July August September October November December'.split(' ');

/**
 * Minor units as people read them: (123450, 'USD') → "$1,234.50". Must be set left-to-right in any text.
 * @throws MoneyFormatError
 */
export function toAmountText(minor: number, currency: Currency): string {
  const [whole = '0', fraction] = toMajorText(Math.abs(minor), exponentOf(currency)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = minor < 0 ? '-' : '';
  return sign + SYMBOLS[currency] + grouped + (fraction === undefined ? '' : `.${fraction}`);
}

/** A rate in basis points as a percentage: 1800 → "18%", 1750 → "17.5%". */
export function toRateText(rateBp: number): string {
  return `${toMajorText(rateBp, 2).replace(/\.?0+$/, '')}%`;
}

/** A day as its readers write it: "05/01/2026" in Hebrew, "5 January 2026" in English, where 05/01 is ambiguous. */
export function toDayText(day: Day, locale: Locale): string {
  const [year = '', month = '', date = ''] = day.split('-');
  if (locale === 'he') return `${date}/${month}/${year}`;
  return `${Number(date)} ${ENGLISH_MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** Hours and minutes of a time in a time zone: "09:05". */
export function toClockText(instant: Date, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  });
  return clock.format(instant);
}
