import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { upsertAnswer } from '../../db/idempotency-keys.ts';
import type { IdempotencyRow, IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { Sql } from '../../db/pool.ts';
import { isId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { jsonBody } from './read-body.ts';
import { singleHeader } from './read-header.ts';
import { laterHeaders } from './send-later.ts';
import { placeIn } from '../../sealed-places.ts';

/** An answer as it is sent, and as it is stored to be sent again. */
export interface StoredAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The key of a request. @throws Problem idempotency_key_required, idempotency_key_invalid */
export function readIdempotencyKey(request: Pick<Request, 'headersDistinct'>): string {
  const given = singleHeader(request, 'Idempotency-Key', 'idempotency_key_invalid');
  if (given === null)
    throw new Problem(
      'idempotency_key_required',
      'send an Idempotency-Key header, a new one for each payment',
    );
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(given)?.[1];
  const key = quoted?.replace(/\\(["\\])/g, '$1') ?? given;
  // A proxy turns two headers into two quoted keys in one line.
  const isTorn = quoted === undefined && given.startsWith('"');
  if (isTorn || !/^[\x20-\x7e]{1,255}$/.test(key))
    throw new Problem(
      'idempotency_key_invalid',
      'Idempotency-Key must have 1 to 255 visible ASCII characters',
    );
  return key;
}

/**
 * The use of a key by this request. `route` is the method and the path with its ids, because a path can be written in
 * many ways. Bodies that are equal as JSON are the same request.
 */
export function idempotencyUse(request: Request, workspaceId: string, route: string): IdempotencyUse {
  return {
    workspaceId,
    scope: route,
    key: readIdempotencyKey(request),
    requestHash: createHash('sha256')
      .update(canonicalJson(jsonBody(request)))
      .digest(),
  };
}

/** The same where a key may be left out; null without one. */
export function optionalUse(request: Request, workspaceId: string, route: string): IdempotencyUse | null {
  const isKeyed = singleHeader(request, 'Idempotency-Key', 'idempotency_key_invalid') !== null;
  return isKeyed ? idempotencyUse(request, workspaceId, route) : null;
}

/** One text for all spellings of a JSON value: no white space, fields sorted by name. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** A key that was used before, as far as it matters for the answer. */
type KeyInTheWay = Pick<IdempotencyRow, 'requestHash' | 'resourceId' | 'responseStatus' | 'responseSealed'>;

/** What a request made. An answer that holds a secret is kept for minutes. */
interface MadeThing {
  readonly id: string;
  readonly holdsSecret?: boolean;
}

/** Stores answers and repeats them. They are sealed, because they hold names of people. */
export interface AnswerStore {
  store(tx: Sql, use: IdempotencyUse, answer: StoredAnswer, made: MadeThing): Promise<void>;
  /** What prevents a use of the key: the stored answer, or the problem to answer with. */
  resolve(use: IdempotencyUse, row: KeyInTheWay): StoredAnswer;
}

/**
 * Makes the store. What is stored opens only for the same workspace, route and key.
 * Its `resolve` throws Problem idempotency_key_reused, idempotency_in_progress or idempotency_answer_gone.
 */
export function createAnswerStore({ secrets }: Pick<ApiContext, 'secrets'>): AnswerStore {
  const placeOf = ({ workspaceId, scope, key }: IdempotencyUse) =>
    placeIn('idempotency_keys.response', `${workspaceId} ${scope} ${key}`);
  return {
    store: async (tx, use, answer, { id: resourceId, holdsSecret = false }) => {
      const sealed = secrets.seal(placeOf(use), JSON.stringify(answer));
      await upsertAnswer(tx, use, { status: answer.status, sealed, resourceId, holdsSecret });
    },
    resolve: (use, row) => {
      checkSameBody(use, row);
      if (row.responseStatus !== null && row.responseSealed === null) throw answerGone(row.resourceId);
      if (row.responseSealed === null) {
        throw new Problem('idempotency_in_progress', 'the first request with this key is still running', {
          retryAfterSeconds: 1,
        });
      }
      return JSON.parse(secrets.open(placeOf(use), row.responseSealed).toString()) as StoredAnswer;
    },
  };
}

/** @throws Problem idempotency_key_reused */
export function checkSameBody(use: IdempotencyUse, row: { readonly requestHash: Buffer }): void {
  if (row.requestHash.equals(use.requestHash)) return;
  throw new Problem(
    'idempotency_key_reused',
    'this Idempotency-Key was used with another body; use a new key',
  );
}

/** The request was carried out, so it is not carried out again; `resourceId` is what it made. */
export function answerGone(resourceId: string | null): Problem {
  return new Problem(
    'idempotency_answer_gone',
    `the first request with this key was carried out, and its answer is kept no longer${whatToDo(resourceId)}`,
  );
}

function whatToDo(id: string | null): string {
  if (id === null) return '';
  if (isId('apiKey', id))
    return `, because it held the secret of ${id}: if you lack it, revoke it and make a new key, with a new Idempotency-Key`;
  if (isId('endpoint', id))
    return `, because it held the secret of ${id}: if you lack it, rotate its secret, with a new Idempotency-Key`;
  return `: read ${id}`;
}

/** An answer whose body is written once, so that a repeat gets the same bytes. */
export function jsonAnswer(status: number, value: unknown): StoredAnswer {
  return { status, contentType: 'application/json', body: JSON.stringify(value) };
}

/** A 202: it goes on by itself, and `location` shows how. It is never stored. */
export function laterAnswer(location: string, value: unknown): StoredAnswer {
  return { ...jsonAnswer(202, value), headers: laterHeaders(location) };
}

/** Sends a stored answer. A repeat says so in the header `Idempotency-Replayed`. */
export function sendAnswer(response: Response, answer: StoredAnswer, isReplay: boolean): void {
  if (isReplay) response.set('Idempotency-Replayed', 'true');
  response
    .status(answer.status)
    .set({ ...answer.headers })
    .type(answer.contentType)
    .send(answer.body);
}
