import { listDocumentCurrencies, sumOpenLinks, sumRevenue, sumVat } from '../../db/report-sums.ts';
import { yearBefore } from '../../domain/calendar.ts';
import type { PrintedReport } from '../../domain/printed-report.ts';
import { AGE_STEPS, outstandingReport } from '../outstanding.ts';
import { revenueReport } from '../revenue.ts';
import { vatReport } from '../vat.ts';
import { monthPage } from './month-page.ts';
import type { MonthFigures } from './month-page.ts';
import type { CountedFile, Source } from './source.ts';

/** The month on one page: its sums as tables and pictures. One row: the page. */
export function prepareMonth(source: Source): Promise<CountedFile> {
  return Promise.resolve({
    totalRows: 1,
    write: async function* () {
      yield await source.printReport(await readMonthPage(source));
      await source.onRows(1);
    },
  });
}

/** @param source its order may have any days; the pictures by month are of the year that ends with them */
export async function readMonthPage(source: Source): Promise<PrintedReport> {
  const { tx, workspace, order } = source;
  const of = { ...order, workspaceId: workspace.id };
  const year = { from: yearBefore(order.to), to: order.to };
  const figures: MonthFigures = {
    year: revenueReport(await sumRevenue(tx, { ...of, ...year }), year, 'month').periods,
    revenue: revenueReport(await sumRevenue(tx, of), order, 'month'),
    vat: vatReport(await sumVat(tx, { ...of, timeZone: workspace.timeZone }), order, 'month'),
    open:
      outstandingReport(await sumOpenLinks(tx, workspace.id, AGE_STEPS)).find(
        ({ currency }) => currency === order.currency,
      ) ?? null,
    otherCurrencies: (await listDocumentCurrencies(tx, of)).filter((one) => one !== order.currency),
  };
  return monthPage(figures, { ...source, madeAt: new Date() });
}
