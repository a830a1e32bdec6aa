import { describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import { PROBLEMS, Problem } from '../../domain/errors.ts';
import type { ProblemCode } from '../../domain/errors.ts';
import { createSecrets } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import { createAnswerStore, isKept, jsonAnswer, readIdempotencyKey } from './idempotency.ts';

const keyOf = (header: string | undefined): string =>
  readIdempotencyKey({ get: () => header } as unknown as Request);

/** The code of what `run` throws. */
function refusalOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('an idempotency key', () => {
  it('is the same quoted and bare', () => {
    expect(keyOf('order-1')).toBe('order-1');
    expect(keyOf('"order-1"')).toBe('order-1');
    expect(keyOf('"a \\"b\\" \\\\"')).toBe('a "b" \\');
  });

  it('has 1 to 255 visible characters', () => {
    expect(keyOf('x'.repeat(255))).toHaveLength(255);
    expect(refusalOf(() => keyOf(undefined))).toBe('idempotency_key_required');
    expect(refusalOf(() => keyOf('x'.repeat(256)))).toBe('idempotency_key_invalid');
    expect(refusalOf(() => keyOf('""'))).toBe('idempotency_key_invalid');
    expect(refusalOf(() => keyOf('é'))).toBe('idempotency_key_invalid');
  });
});

describe('a refusal', () => {
  it('is kept under its key where the same request would be refused for good', () => {
    const kept = (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => isKept(new Problem(code, 'no')));
    const for422 = (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => PROBLEMS[code] === 422);
    const expected = [...for422.filter((code) => code !== 'idempotency_key_reused'), 'reference_taken'];
    expect(kept.sort()).toEqual(expected.sort());
  });
});

describe('the store of answers', () => {
  const use = (change: Partial<IdempotencyUse> = {}): IdempotencyUse => ({
    workspaceId: 'ws_1',
    scope: 'POST /v1/payments',
    key: 'k',
    requestHash: Buffer.from('hash'),
    ...change,
  });

  /** A store whose rows land in memory. */
  function openStore() {
    const rows: Buffer[] = [];
    const storeAnswer = (_tx: unknown, _use: unknown, answer: { sealed: Buffer }) => {
      rows.push(answer.sealed);
      return Promise.resolve();
    };
    const db = { idempotencyKeys: { storeAnswer } } as unknown as ApiContext['db'];
    const secrets = createSecrets([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
    return { answers: createAnswerStore({ db, secrets }), rows };
  }
  const tx = { query: () => Promise.reject(new Error('no statement is expected')) };

  it('gives an answer back as it was, and keeps it unreadable', async () => {
    const { answers, rows } = openStore();
    const answer = jsonAnswer(201, { customer: { name: 'Dana' } });
    await answers.store(tx, use(), answer, 'pay_1');
    const [sealed] = rows;
    expect(sealed?.toString('latin1')).not.toContain('Dana');
    expect(
      answers.resolve(use(), { requestHash: Buffer.from('hash'), responseSealed: sealed ?? null }),
    ).toEqual(answer);
  });

  it('opens no answer that was moved to another key', async () => {
    const { answers, rows } = openStore();
    await answers.store(tx, use(), jsonAnswer(201, {}), 'pay_1');
    const row = { requestHash: Buffer.from('hash'), responseSealed: rows[0] ?? null };
    expect(() => answers.resolve(use({ key: 'another' }), row)).toThrow();
  });

  it('tells another body from a twin that is still running', () => {
    const { answers } = openStore();
    const resolve = (hash: string) =>
      answers.resolve(use(), { requestHash: Buffer.from(hash), responseSealed: null });
    expect(refusalOf(() => resolve('other'))).toBe('idempotency_key_reused');
    expect(refusalOf(() => resolve('hash'))).toBe('idempotency_in_progress');
  });
});
