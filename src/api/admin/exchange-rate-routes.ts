import type { RequestHandler } from 'express';
import {
  findRateOfDay,
  findUsesOfRate,
  listExchangeRates,
  listRatesNearby,
  listWorkspacesPaidIn,
  lockExchangeRates,
  upsertExchangeRate,
} from '../../db/exchange-rates.ts';
import type { ExchangeRateRow } from '../../db/exchange-rates.ts';
import type { Sql } from '../../db/pool.ts';
import { transaction } from '../../db/transaction.ts';
import { dayAfter, dayInZone } from '../../domain/calendar.ts';
import type { Day } from '../../domain/calendar.ts';
import { CURRENCIES, fromMajorText, isCurrency } from '../../domain/money.ts';
import type { Currency } from '../../domain/money.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import { RATE_DECIMALS, RATE_KNOWN_FOR_DAYS, toRateNumber } from '../../domain/shekel-sums.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, requireAdmin } from '../http/authenticate.ts';
import { day as aDay, readBody, readQuery } from '../http/read-input.ts';
import { exchangeRateBody, exchangeRatesQuery } from './admin-schema.ts';
import type { ExchangeRateJson } from './admin-schema.ts';

const MOST_RATES = 1_000;
/** A rate that differs by more from its neighbour is taken for a typing error, until the caller confirms it. */
const MOST_CHANGE_PERCENT = 20;
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

/** `PUT /v1/admin/exchange-rates/{currency}/{day}`, recorded in the audit log of every workspace that is paid in the currency. */
export function createPutRateRoute(context: ApiContext): RequestHandler<{ currency: string; day: string }> {
  return async (request, response) => {
    requireAdmin(request);
    const named = readPlace(request.params);
    const body = readBody(request, exchangeRateBody);
    const { knownUntil = dayAfter(named.day), confirm = false } = body;
    checkKnownUntil(named.day, knownUntil);
    const wanted = { ...named, knownUntil, rate: fromMajorText(body.rate, RATE_DECIMALS) };
    const row = await transaction(context.pool, async (tx) => {
      await lockExchangeRates(tx, named.currency);
      const before = await findRateOfDay(tx, named.currency, named.day);
      const isNews = before?.rate !== wanted.rate;
      if (before !== null && isNews) await checkUnused(tx, named);
      if (isNews && !confirm) await checkPlausible(tx, wanted);
      const stored = await upsertExchangeRate(tx, wanted);
      const rates = {
        rate: toRateNumber(wanted.rate),
        before: before === null ? null : toRateNumber(before.rate),
      };
      for (const workspaceId of await listWorkspacesPaidIn(tx, named.currency))
        await context.audit(tx, {
          workspaceId,
          ...actorOf(request),
          action: 'exchange_rate.entered',
          subjectId: null,
          detail: { ...named, knownUntil, ...rates },
        });
      return stored;
    });
    response.json(toRateJson(row));
  };
}

interface Place {
  readonly currency: Currency;
  readonly day: Day;
}

/** A document keeps its sums: they may have been reported. @throws Problem conflict */
async function checkUnused(tx: Sql, { currency, day }: Place): Promise<void> {
  const { ids, count } = await findUsesOfRate(tx, currency, day);
  if (count === 0) return;
  throw new Problem(
    'conflict',
    `the rate of ${day} cannot change any more: ${count} documents have it, such as ${ids.join(', ')}; credit such a document and make it anew`,
  );
}

/** A slip of the comma, or of two digits, is noticed. @throws Problem validation_failed */
async function checkPlausible(
  tx: Sql,
  { currency, day, rate }: Place & { readonly rate: number },
): Promise<void> {
  const near = await listRatesNearby(tx, currency, day);
  const far = near.find((other) => Math.abs(rate - other.rate) * 100 > other.rate * MOST_CHANGE_PERCENT);
  if (far === undefined) return;
  throw fieldProblem(
    '#/rate',
    `is more than ${MOST_CHANGE_PERCENT} % off that of ${far.day}, ${toRateNumber(far.rate)}: correct it, or send confirm: true if it is right`,
  );
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
