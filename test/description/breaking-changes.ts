import type { Description, DescribedOperation, Json } from './description.ts';

/**
 * What a caller that works with `before` may stumble over in `after`, a sentence each. Requests must still be accepted,
 * and answers must still have their fields. New fields, codes, values of an answer, operations and events are no break.
 */
export function breakingChanges(before: Description, after: Description): string[] {
  return [
    ...operationsOf(before).flatMap((operation) => changeOf(operation, before, after)),
    ...Object.entries(before.webhooks).flatMap(([type, { post }]) => {
      const now = after.webhooks[type]?.post;
      if (now === undefined) return [`the event ${type} is gone`];
      const [was, is] = [bodyOf(post), bodyOf(now)];
      return compare({ was, is, of: before, to: after, side: 'answer', where: `the event ${type}` });
    }),
  ];
}

function operationsOf({ paths }: Description): DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, ...operation })),
  );
}

function changeOf(was: DescribedOperation, before: Description, after: Description): string[] {
  const name = `${was.method.toUpperCase()} ${was.path}`;
  const is = after.paths[was.path]?.[was.method];
  if (is === undefined) return [`${name} is gone`];
  const both = { of: before, to: after };
  const body = compare({
    ...both,
    was: bodyOf(was),
    is: bodyOf(is),
    side: 'request',
    where: `${name}: body`,
  });
  const answers = Object.keys(was.responses)
    .filter((status) => status.startsWith('2'))
    .flatMap((status) => {
      const where = `${name}: ${status}`;
      if (is.responses[status] === undefined) return [`${where} is gone`];
      const [old, now] = [was.responses[status] ?? {}, is.responses[status]].map(answerOf);
      return compare({ ...both, was: old, is: now, side: 'answer', where });
    });
  return [...parametersOf(was, is, both, name), ...body, ...answers];
}

function parametersOf(
  was: Pick<DescribedOperation, 'parameters'>,
  is: Pick<DescribedOperation, 'parameters'>,
  { of, to }: { of: Description; to: Description },
  name: string,
): string[] {
  const old = new Map((was.parameters ?? []).map((one) => follow(one as Json, of)).map(keyed));
  const now = new Map((is.parameters ?? []).map((one) => follow(one as Json, to)).map(keyed));
  const gone = [...old.keys()].filter((key) => !now.has(key)).map((key) => `${name}: ${key} is gone`);
  const required = [...now]
    .filter(([key, { required }]) => required === true && old.get(key)?.['required'] !== true)
    .map(([key]) => `${name}: ${key} is required now`);
  const changed = [...old].flatMap(([key, parameter]) => {
    const [before, after] = [parameter['schema'], now.get(key)?.['schema']] as (Json | undefined)[];
    const where = `${name}: ${key}`;
    return compare({ was: before, is: after, of, to, side: 'request', where });
  });
  return [...gone, ...required, ...changed];
}

function keyed(parameter: Json): [string, Json] {
  return [`${String(parameter['in'])} ${String(parameter['name'])}`, parameter];
}

function bodyOf({ requestBody }: Pick<DescribedOperation, 'requestBody'>): Json | undefined {
  return requestBody?.content['application/json']?.schema;
}

function answerOf(response: Json): Json | undefined {
  const content = response['content'] as Record<string, { schema?: Json }> | undefined;
  return content?.['application/json']?.schema;
}

interface Pair {
  readonly was: Json | undefined;
  readonly is: Json | undefined;
  readonly of: Description;
  readonly to: Description;
  readonly side: 'request' | 'answer';
  readonly where: string;
}

function compare(pair: Pair): string[] {
  const { where, side } = pair;
  if (pair.was === undefined) return [];
  if (pair.is === undefined) return [`${where} is gone`];
  const was = follow(pair.was, pair.of);
  const is = follow(pair.is, pair.to);
  const deeper = { ...pair, was, is };
  const changes = side === 'request' ? tightened(was, is, where) : loosened(was, is, where);
  return [...changes, ...ofType(was, is, where), ...ofFields(deeper), ...ofParts(deeper)];
}

function ofType(was: Json, is: Json, where: string): string[] {
  const [old, now] = [was['type'], is['type']].map((type) => JSON.stringify(type));
  return old === now || old === undefined ? [] : [`${where} was ${old} and is ${now ?? 'anything'}`];
}

const LOWER = ['minimum', 'minLength', 'minItems'] as const;
const UPPER = ['maximum', 'maxLength', 'maxItems', 'maxProperties'] as const;

/** A request that was right is refused. */
function tightened(was: Json, is: Json, where: string): string[] {
  const values = listOf(was['enum']).filter((value) => 'enum' in is && !listOf(is['enum']).includes(value));
  const isRaised = (name: string) => Number(is[name] ?? -Infinity) > Number(was[name] ?? -Infinity);
  const isLowered = (name: string) => Number(is[name] ?? Infinity) < Number(was[name] ?? Infinity);
  const limits = [...LOWER.filter(isRaised), ...UPPER.filter(isLowered)];
  const isPatterned = 'pattern' in is && is['pattern'] !== was['pattern'];
  return [
    ...values.map((value) => `${where} takes ${JSON.stringify(value)} no more`),
    ...limits.map((name) => `${where} has a tighter ${name}`),
    ...(isPatterned ? [`${where} has another pattern`] : []),
  ];
}

/** An answer says what it never said: `null`. New values of a list are announced in the description. */
function loosened(was: Json, is: Json, where: string): string[] {
  const isNullable = (schema: Json) =>
    JSON.stringify(schema['anyOf'] ?? schema['type'] ?? '').includes('"null"');
  return isNullable(is) && !isNullable(was) ? [`${where} may be null now`] : [];
}

function ofFields({ was, is, side, where, ...both }: Pair & { was: Json; is: Json }): string[] {
  const old = (was['properties'] ?? {}) as Record<string, Json>;
  const now = (is['properties'] ?? {}) as Record<string, Json>;
  const [wasRequired, isRequired] = [listOf(was['required']), listOf(is['required'])];
  const [from, to] = side === 'request' ? [isRequired, wasRequired] : [wasRequired, isRequired];
  const word = side === 'request' ? 'is required now' : 'may be missing now';
  return [
    ...from.filter((name) => !to.includes(name)).map((name) => `${where}/${String(name)} ${word}`),
    ...Object.keys(old).flatMap((name) =>
      compare({ ...both, side, where: `${where}/${name}`, was: old[name], is: now[name] }),
    ),
  ];
}

/** Items of lists, and the first of several shapes (the second is mostly `null`). */
function ofParts(pair: Pair & { was: Json; is: Json }): string[] {
  const { was, is } = pair;
  const part = (schema: Json): Json | undefined =>
    (schema['items'] ?? (schema['anyOf'] as Json[] | undefined)?.[0]) as Json | undefined;
  return compare({ ...pair, was: part(was), is: part(is), where: `${pair.where}/…` });
}

function follow(schema: Json, { components }: Description): Json {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const [, , family = '', name = ''] = ref.split('/');
  return (components as unknown as Record<string, Record<string, Json>>)[family]?.[name] ?? {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
