import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/errors.ts';
import type { ApiContext } from '../context.ts';
import { toProblemJson } from './problem-json.ts';
import { bodyBytes } from './read-body.ts';

/** An answer as it is stored and given again. */
export interface StoredAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The key of a request. @throws Problem idempotency_key_required, idempotency_key_invalid */
export function readIdempotencyKey(request: Request): string {
  const given = request.get('idempotency-key');
  if (given === undefined || given === '')
    throw new Problem('idempotency_key_required', 'send an Idempotency-Key header, one a payment');
  const key = /^"(.*)"$/.exec(given)?.[1]?.replace(/\\(["\\])/g, '$1') ?? given;
  if (!/^[\x20-\x7e]{1,255}$/.test(key))
    throw new Problem(
      'idempotency_key_invalid',
      'Idempotency-Key must have 1 to 255 visible ASCII characters',
    );
  return key;
}

/** The use of a key by this request. The hash covers the very bytes of the body. */
export function idempotencyUse(request: Request, workspaceId: string): IdempotencyUse {
  return {
    workspaceId,
    scope: `${request.method} ${request.baseUrl}${request.path}`.replace(/\/$/, ''),
    key: readIdempotencyKey(request),
    requestHash: createHash('sha256').update(bodyBytes(request)).digest(),
  };
}

/** Stores and gives back answers, sealed: they hold people's names. */
export interface AnswerStore {
  store(tx: Sql, use: IdempotencyUse, answer: StoredAnswer, resourceId: string | null): Promise<void>;
  /** What stands in the way of a use: the stored answer, or the problem to answer with. */
  resolve(use: IdempotencyUse, row: { requestHash: Buffer; responseSealed: Buffer | null }): StoredAnswer;
}

export function createAnswerStore({ db, secrets }: Pick<ApiContext, 'db' | 'secrets'>): AnswerStore {
  const place = (use: IdempotencyUse) => ({
    table: 'idempotency_keys',
    rowId: `${use.workspaceId} ${use.scope} ${use.key}`,
    column: 'response',
  });
  return {
    store: async (tx, use, answer, resourceId) => {
      const sealed = secrets.seal('answer', place(use), JSON.stringify(answer));
      await db.idempotencyKeys.storeAnswer(tx, use, { status: answer.status, sealed, resourceId });
    },
    resolve: (use, row) => {
      if (!row.requestHash.equals(use.requestHash)) {
        throw new Problem(
          'idempotency_key_reused',
          'this Idempotency-Key was used with another body; take a new key',
        );
      }
      if (row.responseSealed === null) {
        throw new Problem('idempotency_in_progress', 'the first request with this key is still running', {
          retryAfterSeconds: 1,
        });
      }
      return JSON.parse(secrets.open('answer', place(use), row.responseSealed).toString()) as StoredAnswer;
    },
  };
}

/** Whether a refusal is the answer to this key for good: the same body would be refused again. */
export function isKept(problem: Problem): boolean {
  if (problem.code === 'idempotency_key_reused') return false;
  return problem.status === 422 || problem.code === 'reference_taken';
}

export function problemAnswer(problem: Problem): StoredAnswer {
  return {
    status: problem.status,
    contentType: 'application/problem+json',
    body: JSON.stringify(toProblemJson(problem)),
  };
}

export function jsonAnswer(status: number, value: unknown): StoredAnswer {
  return { status, contentType: 'application/json', body: JSON.stringify(value) };
}

export function sendAnswer(response: Response, answer: StoredAnswer, isReplay: boolean): void {
  if (isReplay) response.set('Idempotency-Replayed', 'true');
  response.status(answer.status).type(answer.contentType).send(answer.body);
}
