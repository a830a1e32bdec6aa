import { z } from 'zod';
import { CURRENCIES } from '../../domain/money.ts';
import { PAYMENT_WARNINGS } from '../../domain/payment-warnings.ts';
import { DOCUMENT_TYPES } from '../../domain/tax-document.ts';
import { VAT_TREATMENTS } from '../../domain/vat.ts';
import { LOCALES } from '../../domain/workspace.ts';
import { PERIOD_KINDS } from '../../reports/periods.ts';
import { at, id, minor, onDay } from '../http/answer.ts';
import { day, oneOf } from '../http/read-input.ts';

const currency = oneOf(CURRENCIES);

/** Days of a report: `from` is in it, `to` is not. */
const range = {
  from: day.describe('First day, in the time zone of the workspace.'),
  to: day.describe('The day after the last one.'),
  currency: currency.optional().describe('Default: the currency of the workspace.'),
};

const GROUPS = PERIOD_KINDS.filter((kind) => kind !== 'two_months');

/** The query of the revenue report. */
export const revenueQuery = z.strictObject({
  ...range,
  groupBy: oneOf(GROUPS).default('month'),
});

/** The query of the chart of revenue. */
export const revenueChartQuery = revenueQuery.extend({
  locale: oneOf(LOCALES).optional().describe('Default: the locale of the workspace.'),
});

/** The query of the VAT report. */
export const vatQuery = z.strictObject({
  ...range,
  months: z
    .enum(['1', '2'], { error: 'must be 1 or 2, the months of a VAT return' })
    .optional()
    .describe('Default: those of `vatReturn` of the workspace, else 1.'),
});

const revenue = {
  gross: minor.describe('Sales documents, minor units: net + vat. Credits are not taken off.'),
  net: minor,
  vat: minor,
  refunds: minor.describe('Credit documents, minor units, positive.'),
  count: z.int().describe('Sales documents.'),
};
const part = z.object({
  ...revenue,
  shareBp: z.int().describe('Share of the gross, in basis points.'),
  average: minor.describe('Average gross of one document, in minor units, rounded half up.'),
});
const totals = {
  ...revenue,
  byMethod: z
    .record(z.string(), part)
    .describe('By the method of the payment, as in GET /v1/payments?method='),
  byProvider: z.record(z.string(), part).describe('By provider, as in GET /v1/payments?provider='),
};
const about = {
  currency,
  timeZone: z.string(),
  from: onDay,
  to: onDay,
  otherCurrencies: z
    .array(z.string())
    .describe(
      'Other currencies with documents in the range that these sums leave out: in shekels, those whose exchange rate is missing. Ask for each with `currency`.',
    ),
};

/** Revenue of a range, minor units. */
export const revenueAnswer = z
  .object({
    ...about,
    groupBy: z.enum(GROUPS),
    totals: z.object(totals),
    osekPatur: z
      .object({
        year: z.int(),
        turnover: minor.describe('From 1 January through the last day of the range, credits taken off.'),
        ceiling: minor.nullable().describe('Null for years before 2024.'),
        ceilingYear: z
          .int()
          .nullable()
          .describe('The year whose ceiling it is: an earlier one where that of `year` is not known yet.'),
        shareBp: z.int().nullable().describe('Share of the ceiling in basis points, rounded down.'),
      })
      .nullable()
      .describe(
        'The turnover of an osek patur beside the ceiling, in shekels. Null for other dealers and currencies.',
      ),
    periods: z.array(z.object({ period: z.string(), ...totals })),
  })
  .meta({ id: 'RevenueReport' });

const vatFigures = { net: minor, vat: minor, gross: minor };

/** VAT of a range, minor units. */
export const vatAnswer = z
  .object({
    ...about,
    months: z.int(),
    rows: z.array(
      z.object({
        period: z.string(),
        rateBp: z.int().describe('18 % is 1800.'),
        vatTreatment: z.enum(VAT_TREATMENTS),
        ...vatFigures,
      }),
    ),
    totals: z.object(vatFigures),
    unconfirmedCredits: z
      .array(z.object({ period: z.string(), ...vatFigures }))
      .describe(
        'Credits that lower no VAT yet, because the customer did not confirm them. They are in no row.',
      ),
    warnings: z
      .array(
        z.object({
          documentId: id('document'),
          paymentId: id('payment'),
          type: z.enum(DOCUMENT_TYPES),
          displayNumber: z.string(),
          documentDate: onDay,
          gross: minor,
          warnings: z.array(z.enum(PAYMENT_WARNINGS)),
        }),
      )
      .describe(
        'Documents of the range that your accountant should look at: much cash, or no number of the customer. 1,000 at most.',
      ),
    earlierTaxPoints: z
      .array(
        z.object({
          documentId: id('document'),
          type: z.enum(DOCUMENT_TYPES),
          displayNumber: z.string(),
          documentDate: onDay,
          taxPoint: onDay.describe('The day on which the money came. It selects the VAT rate.'),
          taxPeriod: z.string().describe('The earlier period, in which that day lies.'),
          rateBp: z.int(),
          ...vatFigures,
        }),
      )
      .describe(
        'Documents of the range whose tax point lies in an earlier period. They are in the rows, by their date; your accountant decides whether that period is corrected. 1,000 at most.',
      ),
  })
  .meta({ id: 'VatReport' });

const openLinks = { count: z.int(), amount: minor };

/** Links that wait to be paid, by currency. */
export const outstandingAnswer = z
  .object({
    data: z.array(
      z.object({
        currency,
        ...openLinks,
        oldestCreatedAt: at,
        newestCreatedAt: at,
        byAge: z.array(
          z.object({
            fromDays: z.int().describe('Whole days since the payment was created.'),
            toDays: z
              .int()
              .nullable()
              .describe('The first day that is not in this group; null for the last group.'),
            ...openLinks,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'OutstandingReport' });

const series = z.enum(DOCUMENT_TYPES);

/** Whether document numbers are complete. */
export const gapsAnswer = z
  .object({
    isComplete: z
      .boolean()
      .describe('No number is missing, and nothing lacks its counterpart. Falling dates are allowed.'),
    summary: z.object({ he: z.string(), en: z.string() }),
    series: z.array(z.object({ series, first: z.int(), last: z.int(), count: z.int() })),
    missingNumbers: z.array(z.object({ series, from: z.int(), to: z.int() })),
    fallingDates: z
      .array(z.object({ documentId: id('document'), series, number: z.int() }))
      .describe('Documents with an earlier date than the number before.'),
    paidWithoutDocument: z.array(
      z.object({
        paymentId: id('payment'),
        paidAt: at.nullable(),
        review: z.string().nullable(),
      }),
    ),
    documentsWithoutPayment: z.array(z.object({ documentId: id('document'), paymentId: id('payment') })),
    missingPushes: z.array(
      z.object({
        documentId: id('document'),
        service: z.string(),
        status: z.enum(['pending', 'failed']),
        lastError: z.string().nullable(),
      }),
    ),
    isCut: z.boolean().describe('A list has more than 1,000 entries; only the first ones are shown.'),
  })
  .meta({ id: 'DocumentGapsReport' });

export type RevenueAnswer = z.infer<typeof revenueAnswer>;
export type VatAnswer = z.infer<typeof vatAnswer>;
export type OutstandingAnswer = z.infer<typeof outstandingAnswer>;
export type GapsAnswer = z.infer<typeof gapsAnswer>;
