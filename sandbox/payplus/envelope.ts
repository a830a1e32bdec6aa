import type { IncomingHttpHeaders } from 'node:http';
import { faultsOf } from '../fields.ts';
import type { Shape } from '../fields.ts';
import { hasOtherHabit } from '../habits.ts';
import type { Fields } from '../ledger/records.ts';
import { fieldsOf, isGoodCredential, textsOf } from '../vendor.ts';
import type { Answer, Route, VendorCall } from '../vendor.ts';

export interface Credentials {
  apiKey: string;
  secretKey: string;
}

/** The envelope of a successful answer. */
export const ok = (data: unknown, description = 'operation has been success'): Answer => ({
  status: 200,
  json: { results: { status: 'success', code: 0, description }, data },
});

export const errorBody = (description: string) => ({
  results: { status: 'error', code: 1, description },
  data: {},
});

/** The envelope of an error. "Not found" comes with status 200, so that only the body tells. */
export const refuse = (description: string, status = 422): Answer => ({
  status,
  json: errorBody(description),
});

/** An `answer` for a route with credentials and, if a shape is given, a body without a fault. */
export function authenticated(
  shape: Shape | null,
  answer: (request: Fields, who: Credentials, call: VendorCall) => Answer,
): Route['answer'] {
  return (call) => {
    const who = readCredentials(call.headers);
    if (who === null) return { status: 403, json: { message: 'API_KEY / SECRET_KEY ARE INCORRECT' } };
    const [wrong] = shape === null ? [] : faultsOf(call.body, shape);
    return wrong === undefined ? answer(fieldsOf(call), who, call) : refuse(toDescription(wrong));
  };
}

function toDescription({ field, problem }: { field: string; problem: string }): string {
  return /^items\[\d+\]\.price$/.test(field) ? 'can-not-add-product-without-price' : `${field} ${problem}`;
}

/** The name of the caller's account for faults: its `api-key`. */
export const accountsOf = (headers: IncomingHttpHeaders): string[] =>
  textsOf(headers['api-key'] ?? parse(headers.authorization)['api_key']);

/**
 * Two headers, or one with a JSON text: both forms are in use, and an account with the other habit accepts only the
 * second.
 * Source: docs/reference/payplus.md, "Hosts and credentials".
 */
function readCredentials(headers: IncomingHttpHeaders): Credentials | null {
  const inOne = parse(headers.authorization);
  if (hasOtherHabit(String(headers['api-key'])) && inOne['api_key'] === undefined) return null;
  const apiKey = headers['api-key'] ?? inOne['api_key'];
  const secretKey = headers['secret-key'] ?? inOne['secret_key'];
  return isGoodCredential(apiKey) && isGoodCredential(secretKey) ? { apiKey, secretKey } : null;
}

function parse(header: string | undefined): Fields {
  try {
    const value: unknown = JSON.parse(header ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Fields) : {};
  } catch {
    return {};
  }
}
