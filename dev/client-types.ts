import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import type { OpenAPI3 } from 'openapi-typescript';
import { CHECKOUT } from './paths.ts';

/** The client's types, made of the description. */
export const CLIENT_TYPES_FILE = join(CHECKOUT, 'client', 'src', 'description.ts');

interface Operation {
  readonly parameters?: readonly { readonly name?: string; readonly $ref?: string }[];
}

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, { name: string; required: boolean }>>;
    readonly schemas: { readonly Problem: { properties: { code: { enum: readonly string[] } } } };
  };
}

/** Pages for payers, vendors and browsers are nothing that an app calls. */
const CALLED = ['/v1/', '/health/'];

/**
 * What `client/src/description.ts` must hold: the types of the description, the codes of problems, and the POSTs that take an
 * `Idempotency-Key`. The client makes the key, so the types ask for none.
 *
 * @param text docs/openapi.json
 */
export async function describeClient(text: string): Promise<string> {
  const described = JSON.parse(text) as Described;
  const { parameters, schemas } = described.components;
  const keyed = keyedPosts(described);
  if (parameters['IdempotencyKey'] === undefined) throw new Error('the parameter IdempotencyKey is gone');
  parameters['IdempotencyKey'].required = false;
  const paths = Object.fromEntries(Object.entries(described.paths).filter(([path]) => isCalled(path)));
  const types = await openapiTS({ ...described, paths } as unknown as OpenAPI3, {
    defaultNonNullable: false,
  });
  return [
    '// Made of docs/openapi.json by `npm run openapi`.\n',
    astToString(types),
    `export const PROBLEM_CODES = ${toConstant(schemas.Problem.properties.code.enum)};\n`,
    `export const KEYED_POSTS = ${toConstant(keyed)};\n`,
  ].join('\n');
}

function isCalled(path: string): boolean {
  return CALLED.some((beginning) => path.startsWith(beginning));
}

function keyedPosts({ paths }: Described): readonly string[] {
  return Object.entries(paths)
    .filter(([, { post }]) => post?.parameters?.some(isIdempotencyKey) ?? false)
    .map(([path]) => path);
}

function isIdempotencyKey({ name, $ref }: { readonly name?: string; readonly $ref?: string }): boolean {
  return name === 'Idempotency-Key' || $ref === '#/components/parameters/IdempotencyKey';
}

function toConstant(values: readonly string[]): string {
  return `[\n${values.map((value) => `    '${value}',\n`).join('')}] as const`;
}
