import { describe, expect, it } from '#jest';
import { isDeepStrictEqual } from 'node:util';
import type { Request } from 'express';
import fc from 'fast-check';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import { Problem } from '../../domain/problems.ts';
import { createSecrets } from '../../secrets.ts';
import { fakePool } from '../testing/fake-pool.ts';
import {
  canonicalJson,
  createAnswerStore,
  idempotencyUse,
  jsonAnswer,
  readIdempotencyKey,
} from './idempotency.ts';

const keyOf = (...headers: string[]): string =>
  readIdempotencyKey({ headersDistinct: headers.length === 0 ? {} : { 'idempotency-key': headers } });

/** The code of the error of `run`. */
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
    expect(refusalOf(() => keyOf())).toBe('idempotency_key_required');
    expect(refusalOf(() => keyOf(''))).toBe('idempotency_key_invalid');
    expect(refusalOf(() => keyOf('x'.repeat(256)))).toBe('idempotency_key_invalid');
    expect(refusalOf(() => keyOf('""'))).toBe('idempotency_key_invalid');
    expect(refusalOf(() => keyOf('é'))).toBe('idempotency_key_invalid');
  });

  it('comes once', () => {
    expect(refusalOf(() => keyOf('a', 'b'))).toBe('idempotency_key_invalid');
    expect(refusalOf(() => keyOf('a', 'a'))).toBe('idempotency_key_invalid');
    expect(refusalOf(() => keyOf('"a", "b"'))).toBe('idempotency_key_invalid');
  });
});

describe('a request', () => {
  const hashOf = (body: string): string =>
    idempotencyUse(
      { headersDistinct: { 'idempotency-key': ['k'] }, body: Buffer.from(body) } as unknown as Request,
      'ws_1',
      'POST /v1/payments',
    ).requestHash.toString('hex');

  it('is the same however its JSON is spelled', () => {
    const hash = hashOf('{"amount":100,"customer":{"name":"דנה","email":"d@x.co"},"items":[1,2]}');
    expect(
      hashOf('{ "items": [1, 2],\n"customer": {"email":"d@x.co","name":"\\u05d3נה"}, "amount": 1e2 }'),
    ).toBe(hash);
    expect(hashOf('{"amount":100,"customer":{"name":"דנה","email":"d@x.co"},"items":[2,1]}')).not.toBe(hash);
  });

  it('is the same under any order of fields, and another one where a value differs', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(canonicalJson(JSON.parse(canonicalJson(one)))).toBe(canonicalJson(one));
        expect(canonicalJson(turned(one))).toBe(canonicalJson(one));
        expect(canonicalJson(one) === canonicalJson(other)).toBe(
          isDeepStrictEqual(asJson(one), asJson(other)),
        );
      }),
    );
  });
});

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The same value with the fields of every object in the reverse order. */
function turned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(turned);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

describe('the store of answers', () => {
  const hash = Buffer.from('hash');
  const use = (change: Partial<IdempotencyUse> = {}): IdempotencyUse => ({
    workspaceId: 'ws_1',
    scope: 'POST /v1/payments',
    key: 'k',
    requestHash: hash,
    ...change,
  });

  /** The row of a request that was carried out. */
  const stored = (responseSealed: Buffer | null) => ({
    requestHash: Buffer.from('hash'),
    resourceId: 'pay_1',
    responseStatus: 201,
    responseSealed,
  });

  /** A store with its rows in memory. */
  function openStore() {
    const rows: Buffer[] = [];
    const tx = fakePool((_text, values) => {
      rows.push(values.find((value) => Buffer.isBuffer(value) && value !== hash) as Buffer);
      return [];
    });
    const secrets = createSecrets([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
    return { answers: createAnswerStore({ secrets }), rows, tx };
  }

  it('gives an answer back as it was, and keeps it unreadable', async () => {
    const { answers, rows, tx } = openStore();
    const answer = jsonAnswer(201, { customer: { name: 'Dana' } });
    await answers.store(tx, use(), answer, { id: 'pay_1' });
    const [sealed] = rows;
    expect(sealed?.toString('latin1')).not.toContain('Dana');
    expect(answers.resolve(use(), stored(sealed ?? null))).toEqual(answer);
  });

  it('opens no answer that was moved to another key', async () => {
    const { answers, rows, tx } = openStore();
    await answers.store(tx, use(), jsonAnswer(201, {}), { id: 'pay_1' });
    expect(() => answers.resolve(use({ key: 'another' }), stored(rows[0] ?? null))).toThrow();
  });

  it('tells another body from a twin that is still running', () => {
    const { answers } = openStore();
    const resolve = (hash: string) =>
      answers.resolve(use(), {
        ...stored(null),
        requestHash: Buffer.from(hash),
        responseStatus: null,
      });
    expect(refusalOf(() => resolve('other'))).toBe('idempotency_key_reused');
    expect(refusalOf(() => resolve('hash'))).toBe('idempotency_in_progress');
  });

  it('says of an answer that was erased what the request made, and carries it out no second time', () => {
    const { answers } = openStore();
    expect(refusalOf(() => answers.resolve(use(), stored(null)))).toBe('idempotency_answer_gone');
    expect(() => answers.resolve(use(), stored(null))).toThrow('pay_1');
  });
});
