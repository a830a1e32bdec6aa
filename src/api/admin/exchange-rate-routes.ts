import type { RequestHandler } from 'express';
import { listExchangeRates, upsertExchangeRate } from '../../db/exchange-rates.ts';
import type { ExchangeRateRow } from '../../db/exchange-rates.ts';
import { dayAfter, dayInZone } from '../../domain/calendar.ts';
import type { Day } from '../../domain/calendar.ts';
import { CURRENCIES, fromMajorText, isCurrency } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import { fieldProblem } from '../../domain/problems.ts';
import { RATE_DECIMALS, RATE_KNOWN_FOR_DAYS, toRateNumber } from '../../domain/shekel-sums.ts';
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
    const { rate, knownUntil = dayAfter(named.day) } = readBody(request, exchangeRateBody);
    checkKnownUntil(named.day, knownUntil);
    const row = { ...named, knownUntil, rate: fromMajorText(rate, RATE_DECIMALS) };
    response.json(toRateJson(await upsertExchangeRate(pool, row)));
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

/** @throws Problem validation_failed */
function checkKnownUntil(day: Day, knownUntil: Day): void {
  const last = Array.from({ length: RATE_KNOWN_FOR_DAYS }).reduce<Day>(dayAfter, day);
  if (knownUntil < day || knownUntil > last)
    throw fieldProblem('#/knownUntil', `must be from ${day} to ${last}: a rate is known for a week at most`);
}

function toRateJson({ currency, day, knownUntil, rate, enteredAt }: ExchangeRateRow): ExchangeRateJson {
  return { currency, day, knownUntil, rate: toRateNumber(rate), enteredAt: enteredAt.toISOString() };
}
