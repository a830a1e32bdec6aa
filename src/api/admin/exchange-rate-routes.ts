import type { RequestHandler } from 'express';
import {
  findExchangeRate,
  findShekelSums,
  insertShekelSums,
  listEarlierCredits,
  listExchangeRates,
  listUnconverted,
  upsertExchangeRate,
} from '../../db/exchange-rates.ts';
import type { ExchangeRateRow, UnconvertedDocument } from '../../db/exchange-rates.ts';
import type { Sql } from '../../db/pool.ts';
import { transaction } from '../../db/transaction.ts';
import { dayInZone } from '../../domain/calendar.ts';
import type { Day } from '../../domain/calendar.ts';
import { CURRENCIES, fromMajorText, isCurrency } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import { fieldProblem } from '../../domain/problems.ts';
import { creditShekelSums, RATE_DECIMALS, shekelSums, toRateNumber } from '../../domain/shekel-sums.ts';
import type { ShekelSums } from '../../domain/shekel-sums.ts';
import type { ApiContext } from '../context.ts';
import { requireAdmin } from '../http/authenticate.ts';
import { day as aDay, readBody, readQuery } from '../http/read-input.ts';
import { exchangeRateBody, exchangeRatesQuery } from './admin-schema.ts';
import type { ExchangeRateJson } from './admin-schema.ts';

const MOST_RATES = 1_000;
/** Where rates are published, and where their day ends. */
const BANK_OF_ISRAEL = 'Asia/Jerusalem';

/** `GET /v1/admin/exchange-rates`. */
export function createListRatesRoute({ pool }: ApiContext): RequestHandler {
  return async (request, response) => {
    requireAdmin(request);
    const filter = readQuery(request, exchangeRatesQuery);
    const rates = await listExchangeRates(pool, filter, MOST_RATES);
    response.json({ data: rates.map(toRateJson) });
  };
}

/** `PUT /v1/admin/exchange-rates/{currency}/{day}`. */
export function createPutRateRoute({ pool }: ApiContext): RequestHandler<{ currency: string; day: string }> {
  return async (request, response) => {
    requireAdmin(request);
    const named = readPlace(request.params);
    const rate = fromMajorText(readBody(request, exchangeRateBody).rate, RATE_DECIMALS);
    const stored = await transaction(pool, async (tx) => {
      const row = await upsertExchangeRate(tx, { ...named, rate });
      await addMissingSums(tx, row);
      return row;
    });
    response.json(toRateJson(stored));
  };
}

/** @throws Problem validation_failed */
function readPlace({ currency, day }: { readonly currency: string; readonly day: string }): {
  currency: Currency;
  day: Day;
} {
  if (!isCurrency(currency) || currency === 'ILS')
    throw fieldProblem('#/currency', `must be ${CURRENCIES.filter((one) => one !== 'ILS').join(', ')}`);
  if (!aDay.safeParse(day).success || day > dayInZone(new Date(), BANK_OF_ISRAEL))
    throw fieldProblem('#/day', 'must be a date, YYYY-MM-DD, that is not in the future');
  return { currency, day };
}

/** Documents that were issued without a rate get their sums in shekels; a credit those of the rate of its original. */
async function addMissingSums(tx: Sql, { currency, day }: ExchangeRateRow): Promise<void> {
  for (const document of await listUnconverted(tx, currency, day)) {
    const sums = await sumsOf(tx, document);
    if (sums !== null) await insertShekelSums(tx, document, sums);
  }
}

async function sumsOf(tx: Sql, document: UnconvertedDocument): Promise<ShekelSums | null> {
  const { id, currency, net, vat, total, rateBp, content, relatedId } = document;
  const converted = { currency, split: { net, vat, total, rateBp }, content };
  if (relatedId === null) {
    const rate = await findExchangeRate(tx, currency, document.day);
    return rate === null ? null : shekelSums(converted, rate);
  }
  const related = await findShekelSums(tx, relatedId);
  if (related === null || content.reverses !== undefined) return related;
  const earlier = await listEarlierCredits(tx, { originalId: relatedId, creditId: id });
  return creditShekelSums(
    converted,
    related,
    earlier.map(({ ils, ...split }) => ({ split, ils: ils ?? undefined })),
  );
}

function toRateJson({ currency, day, rate, enteredAt }: ExchangeRateRow): ExchangeRateJson {
  return { currency, day, rate: toRateNumber(rate), enteredAt: enteredAt.toISOString() };
}
