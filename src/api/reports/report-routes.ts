import type { RequestHandler, Router } from 'express';
import {
  listDocumentsWithoutPayment,
  listFallingDates,
  listMissingPushes,
  listNumberGaps,
  listPaidWithoutDocument,
  listSeries,
} from '../../db/document-gaps.ts';
import {
  listOtherCurrencies,
  listMovedDocuments,
  listWarnedDocuments,
  sumOpenLinks,
  sumRevenue,
  sumVat,
} from '../../db/report-sums.ts';
import type { MovedDocument, SumsOf, WarnedDocument } from '../../db/report-sums.ts';
import { inOneTrip, inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { Day } from '../../domain/calendar.ts';
import { dayBefore } from '../../domain/export.ts';
import type { Currency } from '../../domain/money.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { drawRevenue, MOST_BARS } from '../../reports/charts/revenue-bars.ts';
import { AGE_STEPS, outstandingReport } from '../../reports/outstanding.ts';
import { readPaturTurnover } from '../../reports/patur-turnover.ts';
import { periodsIn } from '../../reports/periods.ts';
import { revenueReport } from '../../reports/revenue.ts';
import { earlierTaxPoints, vatReport } from '../../reports/vat.ts';
import type { ApiContext } from '../context.ts';
import { workspaceFor } from '../http/authenticate.ts';
import { routerOf } from '../http/operation.ts';
import { noQuery, readQuery } from '../http/read-input.ts';
import { checkBegun, checkRange } from './range-rules.ts';
import { reportOperations } from './report-operations.ts';
import { revenueChartQuery, revenueQuery, vatQuery } from './report-schema.ts';
import type { GapsAnswer, OutstandingAnswer, RevenueAnswer, VatAnswer } from './report-schema.ts';

const MOST_ROWS = 1_000;

/** `/v1/reports`: sums of documents by document date, in the currency that is asked for. */
export function createReportRoutes(context: ApiContext): Router {
  const { pool } = context;
  return routerOf('/v1/reports', reportOperations, {
    revenue: async (request, response) => {
      const workspaceId = workspaceFor(request, 'reports:read');
      const { groupBy, ...query } = readQuery(request, revenueQuery);
      const { of, about } = await readRange(context, workspaceId, query);
      const [sums, otherCurrencies] = await inOneTrip(pool, of.workspaceId, (tx) => [
        sumRevenue(tx, of),
        listOtherCurrencies(tx, of),
      ]);
      const osekPatur =
        of.currency !== 'ILS'
          ? null
          : await inWorkspace(pool, of.workspaceId, (tx) =>
              readPaturTurnover(tx, of.workspaceId, dayBefore(of.to)),
            );
      const { totals, periods } = revenueReport(sums, of, groupBy);
      const split = { groupBy, totals, periods: [...periods] };
      const answer: RevenueAnswer = { ...about, otherCurrencies, osekPatur, ...split };
      response.json(answer);
    },

    revenueChart: createRevenueChartRoute(context),

    vat: createVatRoute(context),

    outstanding: async (request, response) => {
      const workspaceId = workspaceFor(request, 'reports:read');
      readQuery(request, noQuery);
      const [sums] = await inOneTrip(pool, workspaceId, (tx) => [sumOpenLinks(tx, workspaceId, AGE_STEPS)]);
      const answer: OutstandingAnswer = {
        data: outstandingReport(sums).map(({ currency, oldest, newest, byAge, ...sum }) => ({
          currency: currency as Currency,
          ...sum,
          oldestCreatedAt: oldest.toISOString(),
          newestCreatedAt: newest.toISOString(),
          byAge: [...byAge],
        })),
      };
      response.json(answer);
    },

    documentGaps: async (request, response) => {
      const workspaceId = workspaceFor(request, 'reports:read');
      readQuery(request, noQuery);
      response.json(await readGaps(context, workspaceId));
    },
  });
}

function createRevenueChartRoute(context: ApiContext): RequestHandler {
  return async (request, response) => {
    const workspaceId = workspaceFor(request, 'reports:read');
    const { groupBy, locale, ...query } = readQuery(request, revenueChartQuery);
    const { of, about, ...workspace } = await readRange(context, workspaceId, query);
    const bars = periodsIn(of, groupBy).length;
    if (bars > MOST_BARS)
      throw fieldProblem(
        '#/groupBy',
        `makes ${bars} bars, more than ${MOST_BARS}: choose a longer period, or fewer days`,
      );
    const [sums] = await inOneTrip(context.pool, of.workspaceId, (tx) => [sumRevenue(tx, of)]);
    const picture = drawRevenue(revenueReport(sums, of, groupBy), {
      ...about,
      locale: locale ?? workspace.locale,
      groupBy,
    });
    response.set('Content-Security-Policy', PICTURE_POLICY).set('Cache-Control', 'private, no-store');
    response.type('image/svg+xml').send(picture);
  };
}

/** A picture that is opened by itself runs and loads nothing; the sizes of its letters are styles of its own. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

function createVatRoute(context: ApiContext): RequestHandler {
  return async (request, response) => {
    const workspaceId = workspaceFor(request, 'reports:read');
    const { months: asked, ...query } = readQuery(request, vatQuery);
    const { of, about, vatReturn } = await readRange(context, workspaceId, query);
    const months = asked === undefined ? (vatReturn?.months ?? 1) : Number(asked);
    const [sums, otherCurrencies, moved, warned] = await inOneTrip(context.pool, of.workspaceId, (tx) => [
      sumVat(tx, { ...of, timeZone: about.timeZone }),
      listOtherCurrencies(tx, of),
      listMovedDocuments(tx, of, MOST_ROWS),
      listWarnedDocuments(tx, of, MOST_ROWS),
    ]);
    const kind = months === 1 ? 'month' : 'two_months';
    const report = vatReport(sums, of, kind);
    const answer: VatAnswer = {
      ...about,
      otherCurrencies,
      months,
      rows: [...report.rows],
      totals: report.totals,
      unconfirmedCredits: [...report.unconfirmedCredits],
      warnings: warned.map(toWarned),
      earlierTaxPoints: earlierTaxPoints(moved, kind).map(toEarlier),
    };
    response.json(answer);
  };
}

function toWarned({ id, type, number, warnings, total, ...of }: WarnedDocument) {
  const names = { documentId: id, type, displayNumber: displayNumber(type, number) };
  return { ...names, ...of, gross: total, warnings: [...warnings] };
}

function toEarlier({ id, type, number, total, ...of }: MovedDocument & { readonly taxPeriod: string }) {
  return { documentId: id, type, displayNumber: displayNumber(type, number), ...of, gross: total };
}

/** @throws Problem validation_failed: the range is upside down, too long, or lies before the first document */
async function readRange(
  { pool }: ApiContext,
  workspaceId: string,
  { from, to, currency }: { from: Day; to: Day; currency?: Currency | undefined },
) {
  checkRange({ from, to });
  const [workspace] = await inOneTrip(pool, workspaceId, (tx) => [
    findWorkspace(tx, workspaceId),
    checkBegun(tx, workspaceId, to),
  ]);
  if (workspace === null) throw new Problem('not_found', 'there is no such workspace');
  const of: SumsOf = { workspaceId, from, to, currency: currency ?? workspace.currency };
  const about = { currency: currency ?? workspace.currency, timeZone: workspace.timeZone, from, to };
  return { of, about, locale: workspace.locale, vatReturn: workspace.vatReturn };
}

async function readGaps({ pool }: ApiContext, workspaceId: string): Promise<GapsAnswer> {
  const limit = MOST_ROWS + 1;
  const [series, missing, falling, paid, unpaid, unpushed] = await inOneTrip(pool, workspaceId, (tx) => [
    listSeries(tx, workspaceId),
    listNumberGaps(tx, workspaceId, limit),
    listFallingDates(tx, workspaceId, limit),
    listPaidWithoutDocument(tx, workspaceId, limit),
    listDocumentsWithoutPayment(tx, workspaceId, limit),
    listMissingPushes(tx, workspaceId, limit),
  ]);
  const lists = [missing, paid, unpaid, unpushed];
  return {
    isComplete: lists.every((list) => list.length === 0),
    summary:
      missing.length === 0
        ? { he: 'אין מספרים חסרים', en: 'No numbers are missing' }
        : { he: 'יש מספרים חסרים', en: 'Numbers are missing' },
    series,
    missingNumbers: missing.slice(0, MOST_ROWS),
    fallingDates: falling.slice(0, MOST_ROWS),
    paidWithoutDocument: paid
      .slice(0, MOST_ROWS)
      .map(({ paidAt, ...one }) => ({ ...one, paidAt: paidAt?.toISOString() ?? null })),
    documentsWithoutPayment: unpaid.slice(0, MOST_ROWS),
    missingPushes: unpushed.slice(0, MOST_ROWS),
    isCut: [...lists, falling].some((list) => list.length > MOST_ROWS),
  };
}
