import { z } from 'zod';
import { BREAKER_STATES } from '../../domain/breaker.ts';
import { CURRENCIES } from '../../domain/money.ts';
import { at, id, onDay, pageOf } from '../http/answer.ts';
import type { AnswerOf } from '../http/answer.ts';
import { day, pageQuery, text, oneOf } from '../http/read-input.ts';

const INBOX_STATUSES = ['handled', 'pending', 'quarantined', 'refused'] as const;

/** Query of `GET /v1/admin/inbox`. */
export const inboxQuery = z.strictObject({
  ...pageQuery,
  status: oneOf(INBOX_STATUSES).optional(),
});

/** A webhook that came in, without its body. */
export const inboxRowAnswer = z
  .object({
    id: id('providerEvent'),
    workspaceId: id('workspace'),
    provider: z.string(),
    eventId: z.string().describe('The id of the vendor, or the hash of the body where it sent none.'),
    kind: z.string().nullable(),
    paymentId: id('payment').nullable(),
    status: z
      .enum(INBOX_STATUSES)
      .describe(
        '`quarantined`: it could not be read, or names nothing of ours. `refused`: it did not prove its sender, and its body was not kept.',
      ),
    verdict: z.enum(['accepted', 'quarantined', 'refused']),
    reason: z.string().nullable().describe('Why it is quarantined or was refused.'),
    receivedAt: at,
    signalledAt: at.nullable().describe('When the payment was told.'),
    handledAt: at.nullable(),
    handledAs: z.string().nullable().describe('What came of it.'),
  })
  .meta({ id: 'InboxRow', description: 'A webhook that came in. Its body and headers stay sealed.' });
export type InboxRowJson = AnswerOf<typeof inboxRowAnswer>;

/** A row with what came in. */
export const inboxDeliveryAnswer = inboxRowAnswer
  .extend({
    remoteAddress: z.string().nullable().describe('Who sent it.'),
    bodySha256: z.string().describe('Of the body as it came, in hex.'),
    headers: z.record(z.string(), z.string()).nullable().describe('Null: not kept, or deleted since.'),
    body: z.unknown().describe('Its fields. Null: not kept, deleted since, or neither JSON nor a form.'),
  })
  .meta({ id: 'InboxDelivery', description: 'A webhook that came in, redacted.' });
export type InboxDeliveryJson = AnswerOf<typeof inboxDeliveryAnswer>;

const MOST_REPLAYED = 100;

/** Body of `POST /v1/admin/inbox/replay`. */
export const replayOrder = z
  .strictObject({
    ids: z
      .array(text(1, 100))
      .min(1, 'names one row or more')
      .max(MOST_REPLAYED, `names ${MOST_REPLAYED} rows at most: send the rest in another request`)
      .describe('Rows of the inbox.'),
  })
  .meta({ id: 'ReplayOrder' });

const replayed = z
  .object({
    id: z.string(),
    status: z.enum([...INBOX_STATUSES, 'not_replayed']),
    paymentId: id('payment').nullable(),
    reason: z.string().nullable().describe('Why it is still quarantined, or was not replayed.'),
  })
  .meta({ id: 'Replay' });
export type ReplayJson = AnswerOf<typeof replayed>;
/** What became of each row that was replayed. */
export const replayAnswer = z.object({ data: z.array(replayed) }).meta({ id: 'ReplayList' });

/** A page of the inbox. */
export const inboxAnswer = pageOf(inboxRowAnswer).meta({ id: 'InboxPage' });

/** A breaker as the API shows it. */
export const breakerAnswer = z
  .object({
    name: z.string().describe('Of a host, or of one account there.'),
    state: z
      .enum(BREAKER_STATES)
      .describe(
        '`closed`: all calls go out. `open`: none does, until `opensUntil`. `half_open`: one is trying.',
      ),
    failures: z.int().describe('In a row.'),
    opensUntil: at.nullable(),
  })
  .meta({ id: 'Breaker', description: 'A breaker: it keeps calls from a vendor that fails.' });
export type BreakerJson = AnswerOf<typeof breakerAnswer>;

/** Body of `PUT /v1/admin/exchange-rates/{currency}/{day}`. */
export const exchangeRateBody = z
  .strictObject({
    rate: z
      .string()
      .regex(/^\d{1,4}(\.\d{1,6})?$/, {
        error: 'must be decimal text with at most six decimals, such as "3.7152"',
        abort: true,
      })
      .refine((text) => Number(text) > 0 && Number(text) <= 1_000, 'must lie between 0.000001 and 1000')
      .describe('Shekels for one whole unit of the currency.'),
    knownUntil: day
      .optional()
      .describe(
        'The last day for which this rate may be used: that on which the next one is published. Default: the day after its own. Of a Friday it is Monday, and before a holiday it is later; at most seven days. Payments of that last day have it only until its own rate is entered.',
      ),
    confirm: z
      .boolean()
      .optional()
      .describe('`true` enters a rate that is more than 20 % off that of a day nearby. Default `false`.'),
  })
  .meta({ id: 'NewExchangeRate' });

/** Query of `GET /v1/admin/exchange-rates`. */
export const exchangeRatesQuery = z.strictObject({
  currency: oneOf(CURRENCIES).optional(),
  from: day.optional(),
  to: day.optional().describe('Exclusive.'),
});

/** An exchange rate as entered. */
export const exchangeRateAnswer = z
  .object({
    currency: z.enum(CURRENCIES),
    day: onDay,
    knownUntil: onDay.describe('The last day for which this rate may be used.'),
    rate: z.string().describe('Shekels for one whole unit of the currency.'),
    enteredAt: at,
  })
  .meta({ id: 'ExchangeRate', description: 'What a currency is worth in shekels on a day.' });
export type ExchangeRateJson = AnswerOf<typeof exchangeRateAnswer>;
/** Exchange rates of a range of days. */
export const exchangeRatesAnswer = z
  .object({ data: z.array(exchangeRateAnswer) })
  .meta({ id: 'ExchangeRateList' });

/** Every breaker, by name. */
export const breakersAnswer = z.object({ data: z.array(breakerAnswer) }).meta({ id: 'BreakerList' });
