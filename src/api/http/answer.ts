import { z } from 'zod';
import { ID_PREFIXES } from '../../domain/ids.ts';
import type { IdKind } from '../../domain/ids.ts';
import { CURRENCIES } from '../../domain/money.ts';

/** What a route answers by its schema. Rows may be used as they are, so nothing in it can be changed. */
export type AnswerOf<Schema extends z.ZodType> = Frozen<z.output<Schema>>;

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: Frozen<T[Name]> }
    : T;

/** One of our ids, such as `pay_01kb2…`. */
export function id(kind: IdKind) {
  return z.string().regex(new RegExp(`^${ID_PREFIXES[kind]}_[0-9a-z]{26}$`));
}

/** A sum in minor units (agorot, cents). */
export const minor = z.int();

/** A currency in an answer. */
export const currency = z.enum(CURRENCIES).describe('ISO 4217 code of all amounts here.');

/** An instant in UTC, such as `2026-01-31T10:00:00.000Z`. */
export const at = z.iso.datetime();

/** A calendar day, such as `2026-01-31`. */
export const onDay = z.iso.date();

/** Whether the outcome of the money is known. */
export const outcome = z
  .enum(['known', 'unknown'])
  .describe('`unknown`: money was ordered or is on its way, and the answer of the provider is missing.');

/** A moment in an answer: when the provider is asked again. */
export const nextCheckAt = at
  .nullable()
  .describe('When the provider is asked again. Set while the outcome is `unknown`.');

/** A page of a list, newest first. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item),
    next: z.string().nullable().describe('Send it as `after` to get the next page. `null` on the last page.'),
  });
}
