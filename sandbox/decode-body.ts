import { isFields } from './fields.ts';
import type { Fields } from './ledger/records.ts';
import { readMultipart } from './multipart.ts';

/**
 * A request body as the vendor's code would see it: JSON parsed, form fields (`a[b]`, `a[]`) nested, anything else
 * undefined.
 */
export function decodeBody(raw: Buffer, contentType: string): unknown {
  if (raw.length === 0) return undefined;
  if (/\bjson\b/i.test(contentType)) return parseJson(raw.toString('utf8'));
  if (/^application\/x-www-form-urlencoded/i.test(contentType))
    return nest([...new URLSearchParams(raw.toString('utf8'))]);
  if (/^multipart\/form-data/i.test(contentType)) return nestOrNone(readMultipart(raw, contentType));
  return undefined;
}

const nestOrNone = (pairs: [string, string][] | null): Fields | undefined =>
  pairs === null ? undefined : nest(pairs);

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

/** `[["a[b]", "1"], ["c[]", "2"]]` → `{ a: { b: "1" }, c: { 0: "2" } }`: form lists stay objects, as they came. */
export function nest(pairs: [string, string][]): Fields {
  const root = emptyFields();
  for (const [name, value] of pairs) {
    const [first = '', ...rest] = name.split('[').map((part) => part.replace(/\]$/, ''));
    let at = root;
    let key = first;
    for (const part of rest) {
      const inner = at[key];
      const next = isFields(inner) ? inner : emptyFields();
      at[key] = next;
      at = next;
      key = part === '' ? String(Object.keys(next).length) : part;
    }
    at[key] = value;
  }
  return root;
}

/** Without a prototype, so that a field named `__proto__` is a field. */
const emptyFields = (): Fields => Object.create(null) as Fields;

/** `value` with the values of the named fields hidden, at any depth. */
export function maskFields(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => maskFields(item, names));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      names.includes(name) ? '***' : maskFields(inner, names),
    ]),
  );
}
