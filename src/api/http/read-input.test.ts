import { describe, expect, it } from '#jest';
import type { Request } from 'express';
import { z } from 'zod';
import { Problem } from '../../domain/problems.ts';
import { email, httpUrl, instant, readBody, text, words } from './read-input.ts';

const request = (body: string): Request => ({ body: Buffer.from(body) }) as unknown as Request;

/** Pointers of the refused fields; empty if accepted. */
function pointersOf(schema: z.ZodType, body: unknown): string[] {
  try {
    readBody(request(JSON.stringify(body)), schema);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.fields.map(({ pointer }) => pointer);
    throw error;
  }
}

describe('input', () => {
  const schema = z.strictObject({
    name: words(1, 5).optional(),
    address: z.strictObject({ city: text(0, 5) }).optional(),
    tags: z.array(text(1, 5)).optional(),
    more: z.record(z.string(), text(0, 5)).optional(),
  });

  it('that is wrong in several fields names each by a JSON pointer', () => {
    const wrong = {
      name: '',
      address: { city: 5, street: 'a' },
      tags: ['a', ''],
      more: { 'a/b~c': 'toolong' },
    };
    expect(pointersOf(schema, wrong).sort()).toEqual(
      ['#/name', '#/address/city', '#/address/street', '#/tags/1', '#/more/a~1b~0c'].sort(),
    );
  });

  it.each([
    [{}, '#/name: is missing'],
    [{ name: 5, list: [] }, '#/name: must be text'],
    [{ name: null, list: [] }, '#/name: must be text'],
    [{ name: 'a' }, '#/list: is missing'],
    [{ name: 'a', list: {} }, '#/list: must be a list'],
    [{ name: 'a', list: [], inner: 'a' }, '#/inner: must be an object'],
    [[], '#: must be an object'],
  ])('says in plain words what is wrong with %j', (body, words) => {
    const needed = z.strictObject({
      name: text(1, 5),
      list: z.array(z.string()),
      inner: z.strictObject({}).optional(),
    });
    expect(() => readBody(request(JSON.stringify(body)), needed)).toThrow(words);
  });

  it('is refused where null stands for nothing', () => {
    expect(pointersOf(schema, { name: null })).toEqual(['#/name']);
    expect(pointersOf(schema, null)).toEqual(['#']);
  });

  it('may hold every script, and is measured in characters', () => {
    for (const name of ['דנה', '👩‍⚕️', 'Ω', 'a b', '👍👍👍👍👍'])
      expect(pointersOf(schema, { name })).toEqual([]);
    expect(pointersOf(schema, { name: '👍👍👍👍👍👍' })).toEqual(['#/name']);
  });

  it.each([
    '\u0000',
    'a\nb',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u202e',
    '\u2066',
    '\ud800',
    '  ',
    '\u200b',
    '\u3164',
    '\ufeff',
    '\u{e0041}',
  ])('never holds %j', (name) => {
    expect(pointersOf(schema, { name })).not.toEqual([]);
  });
});

describe('an address', () => {
  it.each(['https://example.com', 'http://example.com:8080/a?b=c#d', 'https://דוגמה.example/'])(
    'may be %s',
    (url) => {
      expect(httpUrl.safeParse(url).success).toBe(true);
    },
  );

  it.each([
    'javascript:alert(1)',
    'ftp://a.example',
    '//a.example',
    'https://u:p@a.example',
    'https://',
    'https://a.example/\n',
    ' https://a.example/',
    'https://a.example/ ',
    'https://a.example/a b',
    'https:a.example',
    'https:/a.example',
    'https:///a.example',
    'https:\\\\a.example',
    'https://a.example\\@b.example/',
    'https://a.example/\\b',
    'https://@a.example/',
    'https://a.example/\u3000',
    'htt\tps://a.example',
  ])('may not be %j', (url) => {
    expect(httpUrl.safeParse(url).success).toBe(false);
  });
});

describe('an e-mail address', () => {
  it.each([
    'r&d@example.com',
    "o'hara!#$%*/=?^_`{|}~-@example.com",
    'a@xn--4dbcagdahymbxekheh6e0a7fei0b.xn--4dbrk0ce',
    'a..b@example.com',
    `${'x'.repeat(64)}@example.com`,
  ])('may be %s', (address) => {
    expect(email.safeParse(address).success).toBe(true);
  });

  it.each([
    'dana',
    'a@b@example.com',
    'a b@example.com',
    ' a@example.com',
    'a@example.com ',
    'דנה@example.com',
    'a@-example.com',
    'a@example.com>',
    `${'x'.repeat(65)}@example.com`,
  ])('may not be %j', (address) => {
    expect(email.safeParse(address).success).toBe(false);
  });
});

describe('a field that JavaScript would lose', () => {
  it.each([
    ['#/__proto__', '{"__proto__": 1}'],
    ['#/more/__proto__', '{"more": {"__proto__": "a"}}'],
    ['#/tags/0/__proto__', '{"tags": [{"__proto__": "a"}]}'],
  ])('is refused at %s', (pointer, body) => {
    const schema = z.looseObject({ more: z.record(z.string(), z.string()).optional() });
    try {
      readBody(request(body), schema);
      throw new Error('it was taken');
    } catch (error) {
      expect(error).toMatchObject({ code: 'validation_failed', fields: [{ pointer }] });
    }
  });

  it('is none where it only looks like one', () => {
    const schema = z.record(z.string(), z.string());
    expect(readBody(request('{"constructor": "a", "proto": "b"}'), schema)).toEqual({
      constructor: 'a',
      proto: 'b',
    });
  });
});

describe('an instant', () => {
  it('has an offset', () => {
    expect(instant.parse('2026-01-31T12:00:00+02:00').toISOString()).toBe('2026-01-31T10:00:00.000Z');
    expect(instant.safeParse('2026-01-31T12:00:00').success).toBe(false);
    const unencoded = instant.safeParse('2026-01-31T12:00:00 02:00').error?.issues[0]?.message;
    expect(unencoded).toContain('write %2B');
    expect(instant.safeParse('2026-02-30T12:00:00Z').success).toBe(false);
  });
});

describe('a body with thousands of faults', () => {
  it('is told the first 50, and how many there are', () => {
    const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`f${n}`, 1]));
    const list = { tags: Array.from({ length: 5_000 }, () => 1) };

    expect(pointersOf(z.strictObject({}), fields)).toHaveLength(50);
    expect(pointersOf(z.strictObject({ tags: z.array(z.string()) }), list)).toHaveLength(50);
    expect(() => readBody(request(JSON.stringify(fields)), z.strictObject({}))).toThrow('(and 4999 more)');
  });
});
