import { dayBefore } from '../../domain/export.ts';
import type { Currency } from '../../domain/money.ts';
import type { Locale } from '../../domain/workspace.ts';
import { amountText, say } from '../files/bundle-warnings.ts';
import { dayText } from '../files/csv-file.ts';
import type { DayRange, PeriodKind } from '../periods.ts';
import type { RevenuePeriod, RevenueReport } from '../revenue.ts';
import { drawBars } from './bars.ts';
import type { Bar } from './bars.ts';

/** How the figures are written. */
interface Manner {
  readonly locale: Locale;
  readonly currency: Currency;
}

/** More bars than these nobody reads, and drawing them would hold up the process. */
export const MOST_BARS = 120;
const WIDTH = 720;

/** The revenue report as a picture that stands alone, with its title, days and total. */
export function drawRevenue(
  { totals, periods }: RevenueReport,
  about: Manner & DayRange & { readonly groupBy: PeriodKind },
): string {
  const { locale, currency, from, to, groupBy } = about;
  const amount = (minor: number): string => amountText(minor, { order: { currency } });
  const days = `${dayText(from, locale)} – ${dayText(dayBefore(to), locale)}`;
  const parts = [
    days,
    currency,
    `${say('סה"כ', 'total', locale)} ${amount(totals.gross)}`,
    ...(totals.refunds === 0
      ? []
      : [`${REFUNDS[locale]} ${say('(לבן)', '(white)', locale)} ${amount(totals.refunds)}`]),
  ];
  return drawBars({
    locale,
    width: WIDTH,
    heading: [TITLES[groupBy][locale], parts.join(' · ')],
    bars: toRevenueBars(periods, about),
  });
}

/** A bar for each period: the gross, and within it what was refunded. */
export function toRevenueBars(
  periods: readonly RevenuePeriod[],
  { locale, currency }: Manner,
): readonly Bar[] {
  const amount = (minor: number): string => amountText(minor, { order: { currency } });
  return periods.map(({ period, gross, refunds }) => ({
    name: periodText(period, locale),
    amount: gross,
    inner: refunds,
    label: refunds === 0 ? amount(gross) : `${amount(gross)} · ${REFUNDS[locale]} ${amount(refunds)}`,
  }));
}

const REFUNDS = { he: 'החזרים', en: 'refunds' };

const TITLES = {
  day: { he: 'הכנסות לפי יום', en: 'Revenue by day' },
  week: { he: 'הכנסות לפי שבוע (מיום ראשון)', en: 'Revenue by week (from Sunday)' },
  month: { he: 'הכנסות לפי חודש', en: 'Revenue by month' },
  two_months: { he: 'הכנסות לפי חודשיים', en: 'Revenue by two months' },
  quarter: { he: 'הכנסות לפי רבעון', en: 'Revenue by quarter' },
  year: { he: 'הכנסות לפי שנה', en: 'Revenue by year' },
} as const;

/** A period as people write it in Hebrew: `01/2026`, `רבעון 1/2026`, `25/01/2026`. In English as the report has it. */
function periodText(period: string, locale: Locale): string {
  if (locale === 'en') return period;
  const quarter = /^(\d{4})-Q(\d)$/.exec(period);
  return quarter === null ? dayText(period, locale) : `רבעון ${quarter[2] ?? ''}/${quarter[1] ?? ''}`;
}
