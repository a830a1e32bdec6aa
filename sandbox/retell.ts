import { isFields } from './fields.ts';
import type { Fields } from './ledger/records.ts';

/** What stands for a value that the engine kept back when it showed the webhook. */
const REDACTED = '[redacted]';
/** Six characters or more with a digit, and nothing else: an id. Sums, times and words are none. */
const ID = /^(?=.*\d)[\w-]{6,}$/;

/**
 * The body of a webhook with the fields and values of one that was stored (`told`), made to be about another payment: ids
 * and redacted values are those of that payment's own webhook (`honest`), where it has them at the same place.
 */
export function retell(told: Fields, honest: Fields): Fields {
  return Object.fromEntries(
    Object.entries(told).map(([name, value]) => [name, retellValue(value, honest[name])]),
  );
}

function retellValue(told: unknown, honest: unknown): unknown {
  if (isFields(told)) return retell(told, isFields(honest) ? honest : {});
  if (Array.isArray(told))
    return told.map((value, index) => retellValue(value, Array.isArray(honest) ? honest[index] : undefined));
  if (honest === undefined || isFields(honest) || Array.isArray(honest)) return told;
  return told === REDACTED || (isId(told) && isId(honest)) ? honest : told;
}

const isId = (value: unknown): boolean => typeof value === 'string' && ID.test(value);
