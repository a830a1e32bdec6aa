import type { Fields } from './ledger/records.ts';

/** A fault of one field: `field` is its path (`items[0].price`), `problem` ends the sentence "… ". */
export interface FieldFault {
  field: string;
  problem: string;
}

/** Checks one present value; the shape decides about missing ones. */
export type Rule = (value: unknown, path: string) => FieldFault[];

/** The closed list of the fields of a request. Any other field is a fault, because adapters may misspell. */
export type Shape = Readonly<Record<string, { rule: Rule; required: boolean }>>;

export const required = (rule: Rule) => ({ rule, required: true });
export const optional = (rule: Rule) => ({ rule, required: false });

/** Every fault of `value` against `shape`, in the order of the request and then of the missing fields. */
export function faultsOf(value: unknown, shape: Shape, path = ''): FieldFault[] {
  if (!isFields(value)) return [{ field: path === '' ? 'body' : path, problem: 'must be a JSON object' }];
  const at = (field: string) => (path === '' ? field : `${path}.${field}`);
  const given = Object.entries(value).flatMap(([field, inner]) => {
    const known = Object.hasOwn(shape, field) ? shape[field] : undefined;
    return known === undefined
      ? [{ field: at(field), problem: 'is not a field of this call' }]
      : known.rule(inner, at(field));
  });
  const missing = Object.entries(shape)
    .filter(([field, { required }]) => required && !Object.hasOwn(value, field))
    .map(([field]) => ({ field: at(field), problem: 'is missing' }));
  return [...given, ...missing];
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const rule =
  (isFine: (value: unknown) => boolean, problem: string): Rule =>
  (value, path) =>
    isFine(value) ? [] : [{ field: path, problem }];

export const text = rule((v) => typeof v === 'string', 'must be a text');
export const filledText = rule(
  (v) => typeof v === 'string' && v.trim() !== '',
  'must be a text that is not empty',
);
export const bool = rule((v) => typeof v === 'boolean', 'must be true or false');
export const number = rule((v) => typeof v === 'number' && Number.isFinite(v), 'must be a JSON number');
export const anything = rule(() => true, '');
export const fields = rule((v) => isFields(v), 'must be a JSON object');
export const url = rule(
  (v) => typeof v === 'string' && /^https?:\/\/\S+$/.test(v) && URL.canParse(v),
  'must be an http(s) URL',
);
export const currency = rule(
  (v) => typeof v === 'string' && /^[A-Z]{3}$/.test(v),
  'must be an ISO 4217 code such as "ILS"',
);
export const integer = (min: number, max: number): Rule =>
  rule(
    (v) => Number.isInteger(v) && Number(v) >= min && Number(v) <= max,
    `must be a whole number from ${min} to ${max}`,
  );
export const numberFrom = (min: number, max: number): Rule =>
  rule((v) => typeof v === 'number' && v >= min && v <= max, `must be a number from ${min} to ${max}`);
export const oneOf = (...values: (string | number)[]): Rule =>
  rule((v) => values.some((value) => value === v), `must be one of ${values.join(', ')}`);
export const date = rule(isCalendarDay, 'must be a day as YYYY-MM-DD');
export const object =
  (shape: Shape): Rule =>
  (value, path) =>
    faultsOf(value, shape, path);
export const listOf =
  (each: Rule): Rule =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => each(item, `${path}[${index}]`))
      : [{ field: path, problem: 'must be a list' }];

function isCalendarDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const instant = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value);
}
