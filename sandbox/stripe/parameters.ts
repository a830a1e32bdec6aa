import { isFields } from '../fields.ts';
import type { Fields } from '../ledger/records.ts';
import { invalidRequest } from './api-error.ts';

/** Checks one value that was sent under the name `param` (`line_items[0][quantity]`); throws ApiError. */
export type Rule = (value: unknown, param: string) => void;

/** The closed list of the parameters of a call. Others are refused, as at Stripe. */
export type Shape = Readonly<Record<string, { rule: Rule; isRequired: boolean }>>;

export const required = (rule: Rule) => ({ rule, isRequired: true });
export const optional = (rule: Rule) => ({ rule, isRequired: false });

/** Throws ApiError 400 for the first parameter that is unknown, missing or wrong. */
export function checkParameters(value: unknown, shape: Shape, path = ''): void {
  if (!isFields(value)) throw invalidRequest('Invalid object', path);
  const at = (name: string) => (path === '' ? name : `${path}[${name}]`);
  const names = Object.keys(value);
  const unknown = names.find((name) => !Object.hasOwn(shape, name));
  if (unknown !== undefined) throw unknownParameter(at(unknown));
  const missing = Object.keys(shape).find(
    (name) => shape[name]?.isRequired === true && !names.includes(name),
  );
  if (missing !== undefined) throw missingParameter(at(missing));
  for (const name of names) shape[name]?.rule(value[name], at(name));
}

export const unknownParameter = (param: string) =>
  invalidRequest(`Received unknown parameter: ${param}`, param, 'parameter_unknown');

export const missingParameter = (param: string) =>
  invalidRequest(`Missing required param: ${param}.`, param, 'parameter_missing');

const rule =
  (isFine: (value: string) => boolean, toMessage: (value: string) => string, code?: string): Rule =>
  (value, param) => {
    if (typeof value !== 'string') throw invalidRequest('Invalid string', param);
    if (value === '')
      throw invalidRequest(
        `You passed an empty string for '${param}'. Remove it to leave the value unset.`,
        param,
        'parameter_invalid_empty',
      );
    if (!isFine(value)) throw invalidRequest(toMessage(value), param, code);
  };

export const text = (most = 5_000): Rule =>
  rule(
    (v) => v.length <= most,
    (v) => `Invalid string: ${v.slice(0, 20)}...; must be at most ${most} characters`,
    'parameter_invalid_string',
  );

export const oneOf = (...values: string[]): Rule =>
  rule(
    (v) => values.includes(v),
    (v) => `Invalid value: ${v} must be one of ${values.join(', ')}`,
  );

export const bool = rule(
  (v) => v === 'true' || v === 'false',
  (v) => `Invalid boolean: ${v}`,
);

export const email = rule(
  (v) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(v),
  (v) => `Invalid email address: ${v}`,
  'email_invalid',
);

export const url = rule(
  (v) => /^https?:\/\/\S+$/.test(v) && URL.canParse(v),
  () => 'Not a valid URL',
  'url_invalid',
);

export const currency = rule(
  (v) => /^[a-z]{3}$/.test(v),
  (v) => `Invalid currency: ${v}. It must be a three-letter ISO code in lower case`,
);

/** A whole number in digits, within Stripe's limits. */
export const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER): Rule =>
  (value, param) => {
    if (typeof value !== 'string' || !/^-?\d{1,15}$/.test(value))
      throw invalidRequest(`Invalid integer: ${String(value)}`, param, 'parameter_invalid_integer');
    if (Number(value) < min)
      throw invalidRequest(
        `This value must be greater than or equal to ${min}.`,
        param,
        'parameter_invalid_integer',
      );
    if (Number(value) > max)
      throw invalidRequest(
        `This value must be less than or equal to ${max}.`,
        param,
        'parameter_invalid_integer',
      );
  };

export const object =
  (shape: Shape): Rule =>
  (value, param) =>
    checkParameters(value, shape, param);

/** `name[0]=…&name[1]=…` or `name[]=…`. */
export const listOf =
  (each: Rule, most = 100): Rule =>
  (value, param) => {
    if (!isFields(value) || !Object.keys(value).every((index) => /^\d+$/.test(index)))
      throw invalidRequest('Invalid array', param);
    const items = Object.entries(value);
    if (items.length > most) throw invalidRequest(`Array must have at most ${most} elements`, param);
    for (const [index, item] of items) each(item, `${param}[${index}]`);
  };

/** Source: docs/reference/stripe.md, "Metadata". */
export const metadata: Rule = (value, param) => {
  if (value === '') return;
  if (!isFields(value)) throw invalidRequest('Metadata must be a hash', param);
  const entries = Object.entries(value);
  if (entries.length > 50) throw invalidRequest('Metadata can have at most 50 keys', param);
  for (const [key, one] of entries) {
    if (key.length > 40)
      throw invalidRequest(
        `Metadata keys must be under 40 characters; '${key}' is too long`,
        `${param}[${key}]`,
      );
    if (typeof one !== 'string' || one.length > 500)
      throw invalidRequest('Metadata values must be texts of at most 500 characters', `${param}[${key}]`);
  }
};

/** Stripe has this parameter; the simulator does not support it, and says so. */
export const unplayed: Rule = (_value, param) => {
  throw invalidRequest(`This sandbox does not play ${param}`, param);
};

/** Accepted without effect here. */
export const anything: Rule = () => undefined;

/** The items of a list as it came from a form, in their order. */
export const itemsOf = (value: unknown): unknown[] => (isFields(value) ? Object.values(value) : []);

/** A map of texts; keys that were sent empty are unset. */
export function textsOf(value: unknown): Record<string, string> {
  if (!isFields(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  );
}

/** The fields below a name, or none. */
export const fieldsAt = (fields: Fields, name: string): Fields => {
  const inner = fields[name];
  return isFields(inner) ? inner : {};
};
