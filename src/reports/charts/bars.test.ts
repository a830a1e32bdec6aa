import { describe, expect, it } from '#jest';
import { LOCALES } from '../../domain/workspace.ts';
import { revenueReport } from '../revenue.ts';
import { drawBars } from './bars.ts';
import type { BarChart } from './bars.ts';
import { drawRevenue } from './revenue-bars.ts';
import { ACTIVE, barsOf, wordsOf } from './testing/read-chart.ts';

const CHART: BarChart = {
  locale: 'en',
  width: 400,
  heading: ['Revenue', 'March'],
  bars: [
    { name: 'card', amount: 20_000, inner: 5_000, label: '200.00' },
    { name: 'bit', amount: 10_000, label: '100.00' },
  ],
};

describe('a chart of bars', () => {
  it('has every name, and the figures beside the bars', () => {
    expect(wordsOf(drawBars(CHART)).sort()).toEqual(['100.00', '200.00', 'March', 'Revenue', 'bit', 'card']);
  });

  it('has the same bytes each time, whatever was drawn between', () => {
    const first = drawBars(CHART);
    drawBars({ ...CHART, locale: 'he' });
    expect(drawBars(CHART)).toBe(first);
  });

  it('shows a bar as long as its sum', () => {
    const [long, short] = barsOf(drawBars(CHART)).map(([left, right]) => right - left);
    expect(short).toBeCloseTo((long ?? 0) / 2, 0);
  });

  it('grows to the right in English and to the left in Hebrew', () => {
    const [english, hebrew] = LOCALES.map(
      (locale) => [locale, barsOf(drawBars({ ...CHART, locale }))] as const,
    )
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([, bars]) => bars);
    expect(new Set(english?.map(([left]) => left)).size).toBe(1);
    expect(new Set(hebrew?.map(([, right]) => right)).size).toBe(1);
  });

  it.each(['<script>alert(1)</script>', '"><image href="//evil"/>', "' onload='x", '&amp;', '<![CDATA['])(
    'shows %s as text',
    (name) => {
      const bars = [{ name, amount: 1, label: name }];
      const svg = drawBars({ ...CHART, heading: [name, name], bars });
      const harmless = drawBars({
        ...CHART,
        heading: ['x', 'x'],
        bars: [{ name: 'x', amount: 1, label: 'x' }],
      });
      const elements = (of: string): string[] => [...of.matchAll(/<[!/]?[\w[]+/g)].map(([tag]) => tag);
      expect(elements(svg)).toEqual(elements(harmless));
      expect(svg).not.toMatch(/<[^>]* on\w+=/);
    },
  );

  it('runs and loads nothing', () => {
    expect(drawBars(CHART)).not.toMatch(ACTIVE);
  });

  it('is drawn of zeros and of a single bar', () => {
    const none = drawBars({ ...CHART, bars: [{ name: 'card', amount: 0, label: '0.00' }] });
    expect(wordsOf(none)).toContain('0.00');
    expect(none).not.toMatch(/NaN|Infinity/);
  });

  it('keeps long names within its margin', () => {
    const name = 'x'.repeat(200);
    const [bar] = barsOf(drawBars({ ...CHART, bars: [{ name, amount: 1, label: '0.01' }] }));
    expect((bar?.[1] ?? 0) - (bar?.[0] ?? 0)).toBeGreaterThan(100);
  });
});

describe('the picture of the revenue', () => {
  const range = { from: '2026-01-01', to: '2026-04-01' };
  const sums = [
    {
      ...{ day: '2026-02-03', method: 'card' as const, provider: 'payplus' },
      ...{ gross: 123_456, net: 100_000, vat: 23_456, refunds: 4_321, count: 1 },
    },
  ];
  const draw = (locale: 'he' | 'en'): string[] =>
    wordsOf(
      drawRevenue(revenueReport(sums, range, 'month'), {
        ...range,
        locale,
        currency: 'ILS',
        groupBy: 'month',
      }),
    );

  it('names its days and its total in English', () => {
    const words = draw('en');
    expect(words).toContain('Revenue by month');
    expect(words).toContain('2026-01-01 – 2026-03-31 · ILS · total 1,234.56 · refunds (white) 43.21');
    expect(words).toEqual(expect.arrayContaining(['2026-01', '2026-02', '1,234.56 · refunds 43.21']));
  });

  it('is in Hebrew where the workspace is', () => {
    const words = draw('he');
    expect(words).toEqual(
      expect.arrayContaining(['הכנסות לפי חודש', '01/2026', '02/2026', '1,234.56 · החזרים 43.21']),
    );
  });

  it('has a bar of zero for a period without documents', () => {
    expect(draw('en').filter((word) => word === '0.00')).toHaveLength(2);
  });
});
