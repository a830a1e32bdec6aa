import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { PNG } from 'pngjs';
import type { RevenueSum } from '../db/report-sums.ts';
import { PAYMENT_METHODS } from '../domain/means.ts';
import type { PaymentMethod } from '../domain/means.ts';
import type { PrintedReport } from '../domain/printed-report.ts';
import { LOCALES } from '../domain/workspace.ts';
import type { Locale, Workspace } from '../domain/workspace.ts';
import { monthPage } from '../reports/files/month-page.ts';
import type { MonthFigures } from '../reports/files/month-page.ts';
import { AGE_STEPS, outstandingReport } from '../reports/outstanding.ts';
import { periodsIn } from '../reports/periods.ts';
import { revenueReport } from '../reports/revenue.ts';
import { vatReport } from '../reports/vat.ts';
import { holdPicture } from '../../test/support/approved-pictures.ts';
import { createPrinter } from './browser/printer.ts';
import { toReportHtml } from './page/report-html.ts';
import { pageCount, readPdfFile } from './pdf/pdf-file.ts';
import { createReadBack } from './testing/read-back.ts';
import type { ReadBack } from './testing/read-back.ts';

const printer = createPrinter({ mayRunUncaged: true });
let tools: ReadBack;
beforeAll(async () => {
  tools = await createReadBack();
});
afterAll(async () => {
  await printer.close();
  await tools.close();
});

const STATEMENT: PrintedReport = {
  locale: 'he',
  title: 'אישור תשלומים למטופל',
  facts: [
    ['שם המטופל', 'נועה לוי'],
    ['מספר זהות', '000000018'],
    ['שם העסק', 'מרפאה לבדיקות'],
    ['מספר עוסק', '123456782'],
    ['מתאריך', '01/01/2026'],
    ['עד תאריך (כולל)', '31/12/2026'],
    ['מטבע', 'ILS'],
    ['הופק', '2027-01-03 09:41:00'],
  ],
  warningsTitle: 'שימו לב',
  warnings: ['אישור זה אינו מסמך מס ואינו קבלה. הקבלות והחשבוניות הן המסמכים המפורטים בו.'],
  tables: [
    {
      title: 'תשלומים',
      heads: ['תאריך', 'מסמך', 'מועדי המפגשים', 'המשלם', 'סכום'],
      texts: 4,
      rows: [
        ['05/01/2026', 'חשבונית מס/קבלה 2', '05/01/2026, 12/01/2026, 19/01/2026', 'דנה לוי', '1,050.00'],
        ['07/02/2026', 'חשבונית מס/קבלה 60017', '', 'Clalit קופת חולים', '400.00'],
        ['09/02/2026', 'חשבונית מס זיכוי 1', '', 'דנה לוי', '-350.00'],
        ['סה"כ', '', '', '', '1,100.00'],
      ],
    },
    {
      title: 'לפי משלם',
      heads: ['המשלם', 'סכום'],
      rows: [
        ['דנה לוי', '700.00'],
        ['Clalit קופת חולים', '400.00'],
      ],
    },
  ],
  end: '--- סוף הדוח ---',
};

const RANGE = { from: '2026-03-01', to: '2026-04-01' };
const YEAR = { from: '2025-04-01', to: RANGE.to };

/** A month with everything: refunds, several rates, credits that wait, open links. */
function monthOf(locale: Locale, sums: readonly RevenueSum[] = SUMS): PrintedReport {
  const own = sums.filter(({ day }) => day >= RANGE.from);
  const vat = { day: '2026-03-05', rateBp: 1_800, isCredit: false, isUnconfirmed: false };
  const vats = [
    { ...vat, net: 3_109_300, vat: 548_874, zeroRated: 50_000, exempt: 10_000 },
    { ...vat, isCredit: true, isUnconfirmed: true, net: 20_000, vat: 3_600, zeroRated: 0, exempt: 0 },
  ];
  const made = new Date('2026-04-02T08:00:00Z');
  const open = AGE_STEPS.map((fromDays, index) => ({
    ...{ currency: 'ILS', fromDays, count: index, amount: 35_000 * index, oldest: made, newest: made },
  }));
  const figures: MonthFigures = {
    year: revenueReport(sums, YEAR, 'month').periods,
    revenue: revenueReport(own, RANGE, 'month'),
    vat: vatReport(vats, RANGE, 'month'),
    open: outstandingReport(open)[0] ?? null,
    otherCurrencies: ['USD'],
  };
  const workspace = {
    ...{ legalName: { he: 'מרפאה לבדיקות', en: 'Demo Clinic' }, taxId: '123456782' },
    ...{ timeZone: 'Asia/Jerusalem', mode: 'live' },
  } as Workspace;
  const order = { kind: 'month', format: 'pdf', ...RANGE, locale, currency: 'ILS', options: {} } as const;
  return monthPage(figures, { workspace, order, version: '1.0.0', madeAt: made });
}

const sumOn = (
  day: string,
  method: PaymentMethod,
  provider: string,
  net: number,
  refunds = 0,
): RevenueSum => {
  const vat = Math.round(net * 0.18);
  return { day, method, provider, net, vat, gross: net + vat, refunds, count: 1 };
};
const SUMS: readonly RevenueSum[] = [
  ...[5, 6, 7, 8, 9, 11, 12].map((month, index) =>
    sumOn(`2025-${String(month).padStart(2, '0')}-05`, 'card', 'payplus', 1_234_500 + index * 98_765),
  ),
  sumOn('2026-01-05', 'card', 'payplus', 2_000_000, 450_000),
  sumOn('2026-02-05', 'cash', 'manual', 10_000, 250_000),
  sumOn('2026-03-05', 'card', 'payplus', 2_759_400, 123_456),
  sumOn('2026-03-06', 'cash', 'manual', 250_000),
  sumOn('2026-03-07', 'bit', 'grow', 99_900),
];

describe('the month', () => {
  it('stays on one page with every method, every provider, refunds and sums of billions', async () => {
    const providers = ['payplus', 'grow', 'stripe', 'manual'];
    const methods = PAYMENT_METHODS.map((method, index) =>
      sumOn('2026-03-05', method, providers[index % 4] ?? 'manual', 123_456_789_012, 98_765_432),
    );
    const months = YEAR_MONTHS.map((month) =>
      sumOn(`${month}-05`, 'card', 'payplus', 987_654_321_098, 123_456_789),
    );
    for (const locale of LOCALES) {
      const pdf = await printer.print(toReportHtml(monthOf(locale, [...months, ...methods])));
      expect([locale, pageCount(readPdfFile(Buffer.from(pdf)))]).toEqual([locale, 1]);
    }
  });

  it('has no picture where there is nothing to draw, and says so', () => {
    const { columns = [] } = monthOf('en', []);
    const [method] = columns[0] ?? [];
    expect(method).toMatchObject({ title: 'By method', svg: null, nothing: 'None' });
  });
});

const YEAR_MONTHS = periodsIn(YEAR, 'month');

describe('a report looks as its approved picture', () => {
  it.each(
    Object.entries({
      'patient-statement': STATEMENT,
      'month-hebrew': monthOf('he'),
      'month-english': monthOf('en'),
    }),
  )('%s', async (name, report) => {
    const pdf = Buffer.from(await printer.print(toReportHtml(report)));
    const [page = Buffer.alloc(0)] = await tools.pictures(pdf, '72');
    await holdPicture(name, PNG.sync.read(page));
  });
});
