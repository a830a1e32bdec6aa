import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type {
  CreateDocumentOptions,
  ZodOpenApiOperationObject,
  ZodOpenApiPathsObject,
  ZodOpenApiRequestBodyObject,
  ZodOpenApiResponseObject,
} from 'zod-openapi';
import { widerThan } from '../../domain/scopes.ts';
import type { Registry } from '../../providers/adapters.ts';
import type { Answer, Operation } from '../http/operation.ts';
import { problemAnswer } from '../http/problem-answer.ts';
import { describeEvents } from './event-webhooks.ts';
import { ANSWER_EXAMPLES } from './example-answers.ts';
import { nounsOf } from './nouns.ts';
import { problemAnswersOf, RETRY_AFTER } from './operation-problems.ts';
import { ABOUT, CALLERS } from './words.ts';

/** The description as it is served. */
export type Description = ReturnType<typeof createDocument>;

/** The whole API as OpenAPI 3.1, from the tables by which routes are mounted and the schemas that read and type them. */
export function describeApi(version: string, registry: Registry): Description {
  const nouns = nounsOf(registry);
  const described = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Tashlum',
        version,
        description: ABOUT,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: nouns.map(({ name, is }) => ({ name, description: is })),
      paths: pathsOf(
        nouns.flatMap(({ name, operations }) =>
          operations.flatMap((table) => Object.values(table).map((operation) => ({ tag: name, operation }))),
        ),
      ),
      webhooks: describeEvents(),
      components: {
        schemas: { Problem: problemAnswer },
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: CALLERS.key },
          admin: { type: 'http', scheme: 'bearer', description: CALLERS.admin },
        },
      },
    },
    { override: tidy },
  );
  return withExamples(described);
}

function pathsOf(operations: readonly { tag: string; operation: Operation }[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const { tag, operation } of operations)
    (paths[operation.path] ??= {})[operation.method] = { tags: [tag], ...describe(operation) };
  return paths;
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { id, summary, description = '', onRepeat, params, query } = operation;
  const repeated = onRepeat === undefined ? '' : `A repeat is safe: ${onRepeat}.`;
  const header = headersOf(operation);
  const requestBody = bodyOf(operation);
  return {
    operationId: id,
    summary,
    description: [description, repeated, CALLERS.sentenceOf(operation)].filter(Boolean).join(' '),
    security: securityOf(operation),
    requestParams: {
      ...(params === undefined ? {} : { path: z.object(params) }),
      ...(query === undefined ? {} : { query }),
      ...(header === null ? {} : { header }),
    },
    ...(requestBody === null ? {} : { requestBody }),
    responses: { ...problemAnswersOf(operation), ...answersOf(operation) },
  };
}

/** A role is the scope that the key needs, or a wider one. */
function securityOf({ caller, isForAdmin }: Operation): Record<string, string[]>[] {
  if (caller === 'public') return [];
  if (caller === 'admin') return [{ admin: [] }];
  if (caller === 'workspace') return [{ key: [] }, { admin: [] }];
  const wider = widerThan(caller);
  return [
    { key: [caller] },
    ...(wider === null ? [] : [{ key: [wider] }]),
    ...(isForAdmin === true ? [{ admin: [] }] : []),
  ];
}

const spoken = z.string().optional();
const actor = spoken.meta({
  param: { id: 'Actor' },
  description: 'The person behind the call, for the audit log.',
});
const reason = spoken.meta({ param: { id: 'Reason' }, description: 'Why, for the audit log.' });
const key = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x20-\x7e]+$/)
  .meta({
    param: { id: 'IdempotencyKey' },
    description:
      'A new one for each thing that you want. The same key and body get the same answer for 7 days, unless the operator set another time (at least 3 days).',
    examples: ['b0c8c2f0-5f0e-4d7e-9c55-0d5d5f4b6a01'],
  });

function headersOf({ caller, method, idempotencyKey }: Operation): z.ZodObject | null {
  if (caller === 'public' || method === 'get') return null;
  const spokenHeaders = { 'Tashlum-Actor': actor, 'Tashlum-Reason': reason };
  if (idempotencyKey === undefined) return z.object(spokenHeaders);
  return z.object({
    'Idempotency-Key': idempotencyKey === 'required' ? key : key.optional(),
    ...spokenHeaders,
  });
}

function bodyOf({ body, bodyFiles, example }: Operation): ZodOpenApiRequestBodyObject | null {
  if (bodyFiles !== undefined)
    return { required: true, content: Object.fromEntries(bodyFiles.map((type) => [type, {}])) };
  if (body === undefined) return null;
  const shown = example === undefined ? {} : { example };
  const isRequired = !body.safeParse({}).success;
  return { required: isRequired, content: { 'application/json': { schema: body, ...shown } } };
}

function answersOf({ answers }: Operation): Record<string, ZodOpenApiResponseObject> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [status, answerOf(Number(status), answer)]),
  );
}

function answerOf(status: number, { when, json, file, headers = {} }: Answer): ZodOpenApiResponseObject {
  const own = Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } } as const,
  ]);
  const content = contentOf(json, file);
  const all = { ...(status === 202 ? LATER : {}), ...(Object.fromEntries(own) as object) };
  return {
    description: when,
    ...(Object.keys(all).length > 0 ? { headers: all } : {}),
    ...(content === null ? {} : { content }),
  };
}

const LATER = {
  ...RETRY_AFTER,
  Location: { description: 'Where to read how it goes on.', schema: { type: 'string' } },
} as const;

function contentOf(json: z.ZodType | undefined, file: Answer['file'] = []) {
  const ofJson = json === undefined ? {} : { 'application/json': { schema: json } };
  const types = [file].flat();
  if (json === undefined && types.length === 0) return null;
  return { ...ofJson, ...Object.fromEntries(types.map((type) => [type, {}])) };
}

/** Patterns that repeat what a format says, and the limits of all integers, only make it longer. */
const tidy: CreateDocumentOptions['override'] = ({ jsonSchema, zodSchema, io }) => {
  if (['date', 'date-time', 'email'].includes(jsonSchema.format ?? '')) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // Answers may get further fields: a caller ignores those that it does not know.
  const { def } = zodSchema._zod;
  const isOpen = def.type === 'object' && !('catchall' in def && def.catchall !== undefined);
  if (io === 'output' && isOpen) delete jsonSchema.additionalProperties;
};

function withExamples(described: Description): Description {
  for (const [name, example] of Object.entries(ANSWER_EXAMPLES)) {
    const schema = described.components?.schemas?.[name];
    if (typeof schema !== 'object' || !('type' in schema)) throw new Error(`there is no schema ${name}`);
    schema.examples = [example];
  }
  return described;
}
