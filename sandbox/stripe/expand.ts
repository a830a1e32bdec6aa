import { isFields } from '../fields.ts';
import type { Fields } from '../ledger/records.ts';
import { invalidRequest } from './api-error.ts';
import { itemsOf } from './parameters.ts';

const DEEPEST = 4;

/** The fields that may be expanded, and their kinds. `null`: not simulated, it stays null. */
const EXPANDABLE: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  'checkout.session': {
    payment_intent: 'payment_intent',
    line_items: 'line_items',
    customer: null,
    invoice: null,
    payment_link: null,
    setup_intent: null,
    subscription: null,
  },
  payment_intent: {
    latest_charge: 'charge',
    payment_method: 'payment_method',
    customer: null,
    review: null,
  },
  charge: {
    balance_transaction: 'balance_transaction',
    payment_intent: 'payment_intent',
    refunds: 'refunds',
    customer: null,
    failure_balance_transaction: null,
    review: null,
  },
  refund: {
    balance_transaction: 'balance_transaction',
    charge: 'charge',
    payment_intent: 'payment_intent',
    failure_balance_transaction: null,
  },
  dispute: { charge: 'charge', payment_intent: 'payment_intent' },
  refunds: { data: 'refund' },
};

/** Returns the object of that kind; for `line_items` and `refunds` by the id of their owner. */
export type Find = (kind: string, id: string) => Fields | null;

export const expandPaths = (fields: Fields): string[] => itemsOf(fields['expand']).map(String);

/** Throws ApiError 400 for a path that does not lead through expandable fields of `kind`. */
export function checkExpand(kind: string, paths: string[], isList: boolean): void {
  for (const path of paths) {
    const parts = path.split('.');
    const names = isList && parts[0] === 'data' ? parts.slice(1) : isList ? [''] : parts;
    let at: string | null = kind;
    for (const name of names) {
      const into: string | null | undefined = at === null ? null : EXPANDABLE[at]?.[name];
      if (into === undefined || parts.length > DEEPEST)
        throw invalidRequest(`This property cannot be expanded (${path}).`, 'expand');
      at = into;
    }
  }
}

/** `object` with the ids on those paths replaced by their objects. */
export function expand(object: Fields, paths: string[], find: Find): Fields {
  return paths.reduce((grown, path) => expandPath(grown, path.split('.'), find), object);
}

function expandPath(object: Fields, [name = '', ...rest]: string[], find: Find): Fields {
  const value = object[name];
  if (name === 'data' && Array.isArray(value))
    return { ...object, data: (value as Fields[]).map((one) => expandPath(one, rest, find)) };
  const inner = isFields(value) ? value : findInner(object, name, find);
  if (inner === null) return object;
  return { ...object, [name]: rest.length === 0 ? inner : expandPath(inner, rest, find) };
}

function findInner(object: Fields, name: string, find: Find): Fields | null {
  const kind = EXPANDABLE[String(object['object'])]?.[name] ?? null;
  if (kind === null) return null;
  const isOwned = kind === 'line_items' || kind === 'refunds';
  return find(kind, String(isOwned ? object['id'] : object[name]));
}
