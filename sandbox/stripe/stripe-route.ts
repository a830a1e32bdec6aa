import { createHash } from 'node:crypto';
import { isFields } from '../fields.ts';
import type { Delivery, Entry, Fields, Operation } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import type { Answer, Route, VendorCall, VendorDeps } from '../vendor.ts';
import { ApiError, errorBody, invalidRequest, toErrorAnswer } from './api-error.ts';
import { readCaller } from './caller.ts';
import type { Caller } from './caller.ts';
import { checkExpand, expand, expandPaths } from './expand.ts';
import { createFinder } from './finder.ts';
import { newRequestId } from './ids.ts';
import { checkParameters } from './parameters.ts';
import type { Shape } from './parameters.ts';
import { toRow } from './stripe-books.ts';
import type { StripeBooks } from './stripe-books.ts';

/** A valid request: its caller, and its checked parameters. */
export interface StripeRequest {
  caller: Caller;
  /** Of the path. */
  id: string;
  fields: Fields;
  /** The cause of an event. */
  origin: { id: string; idempotency_key: string | null };
}

/** The answer, and what must be on disk before it is sent. */
export interface Outcome {
  object: Fields;
  entries?: Entry[];
  deliveries?: Delivery[];
}

export interface Endpoint {
  verb: 'get' | 'post' | 'delete';
  path: string;
  operation: Operation | 'unknown';
  isMeant?: Route['isMeant'];
  shape: Shape;
  /** The kind of object that is returned or listed. */
  kind: string;
  isList?: boolean;
  referenceOf: (call: VendorCall) => string | null;
  /** Throws ApiError. */
  run: (request: StripeRequest) => Outcome;
}

/** Stripe keeps keys at least this long; here exactly. Source: docs/reference/stripe.md, "Idempotency". */
const KEPT_MS = 86_400_000;
const LONGEST_KEY = 255;

interface Kept extends Answer {
  fingerprint: string;
  requestId: string;
  at: string;
}

/** Makes routes that behave like Stripe: auth, versions, strict parameters, idempotency, expansion, errors. */
export function createRouter(deps: VendorDeps & { books: StripeBooks }): (endpoint: Endpoint) => Route {
  return (endpoint) => ({
    verb: endpoint.verb,
    path: endpoint.path,
    operation: endpoint.operation,
    ...(endpoint.isMeant === undefined ? {} : { isMeant: endpoint.isMeant }),
    referenceOf: endpoint.referenceOf,
    answer: (call) => answer(deps, endpoint, call),
  });
}

function answer(deps: VendorDeps & { books: StripeBooks }, endpoint: Endpoint, call: VendorCall): Answer {
  const requestId = newRequestId();
  const key = endpoint.verb === 'post' ? textOrNull(call.headers['idempotency-key']) : null;
  const head = { 'request-id': requestId, ...(key === null ? {} : { 'idempotency-key': key }) };
  try {
    const caller = readCaller(call.headers);
    const fields = readFields(endpoint, call);
    checkParameters(fields, endpoint.shape);
    checkExpand(endpoint.kind, expandPaths(fields), endpoint.isList === true);
    const request = {
      caller,
      id: call.params['id'] ?? '',
      fields,
      origin: { id: requestId, idempotency_key: key },
    };
    const headers = { ...head, 'stripe-version': caller.apiVersion };
    const given =
      key === null ? execute(deps, endpoint, request) : executeOnce(deps, endpoint, request, key, call);
    return { ...given, headers: { ...headers, ...given.headers } };
  } catch (error) {
    if (error instanceof ApiError) return { ...toErrorAnswer(error), headers: head };
    throw error;
  }
}

function readFields({ verb }: Endpoint, call: VendorCall): Fields {
  if (verb !== 'post') return call.queryFields;
  const type = call.headers['content-type'] ?? '';
  const isSent = Number(call.headers['content-length'] ?? 0) > 0;
  if (isSent && !/^application\/x-www-form-urlencoded/i.test(type))
    throw invalidRequest(
      'Invalid request (the content type of a POST must be application/x-www-form-urlencoded)',
    );
  return isFields(call.body) ? call.body : {};
}

/** Runs and records; `toKept` adds what must be on disk together with the effect. Expands with the state after it. */
function execute(
  { ledger, webhooks, books, baseUrl }: VendorDeps & { books: StripeBooks },
  { run }: Endpoint,
  request: StripeRequest,
  toKept: (given: Answer) => Entry[] = () => [],
): Answer {
  const { object, entries = [], deliveries = [] } = run(request);
  const plain = { status: 200, json: object };
  const plans = deliveries.map((delivery) => ({ kind: 'delivery', delivery }) as const);
  ledger.record(...entries, ...plans, ...toKept(plain));
  webhooks.start(deliveries);

  const paths = expandPaths(request.fields);
  if (paths.length === 0) return plain;
  const expanded = {
    status: 200,
    json: expand(object, paths, createFinder(books, baseUrl, request.caller.account)),
  };
  ledger.record(...toKept(expanded));
  return expanded;
}

/**
 * The same key and parameters get the same answer; other parameters are refused. Once execution began, also a refusal
 * is stored.
 */
function executeOnce(
  deps: VendorDeps & { books: StripeBooks },
  endpoint: Endpoint,
  request: StripeRequest,
  key: string,
  call: VendorCall,
): Answer {
  if (key.length > LONGEST_KEY)
    throw invalidRequest(`Idempotency keys must be at most ${LONGEST_KEY} characters`);
  const id = `${request.caller.account} ${key}`;
  const fingerprint = toFingerprint(endpoint, request);
  const known = deps.books.row('idempotency', id) as Kept | undefined;
  if (known !== undefined && Date.parse(known.at) + KEPT_MS > call.at.getTime()) {
    if (known.fingerprint !== fingerprint) throw reusedKey(key);
    const headers = { 'idempotent-replayed': 'true', 'original-request': known.requestId };
    return { status: known.status, json: known.json, headers };
  }
  const toKept = ({ status, json }: Answer): Entry[] => {
    const kept: Kept = { fingerprint, status, json, requestId: request.origin.id, at: call.at.toISOString() };
    return [toRow('idempotency', id, kept)];
  };
  try {
    return execute(deps, endpoint, request, toKept);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const given = { status: error.status, json: errorBody(error.fields) };
    deps.ledger.record(...toKept(given));
    return given;
  }
}

const reusedKey = (key: string): ApiError =>
  new ApiError(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the parameters and the address they were first used with. Use another key than '${key}' for this request.`,
  });

function toFingerprint({ path }: Endpoint, { id, fields }: StripeRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([path, id, sorted(fields)]))
    .digest('hex');
}

const sorted = (value: unknown): unknown =>
  isFields(value)
    ? Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inner]) => [name, sorted(inner)])
    : value;
