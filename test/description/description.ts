import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { OPENAPI_FILE } from '../../dev/openapi.ts';

/** A JSON Schema, or any other object of the description. */
export interface Json {
  readonly [name: string]: unknown;
}

interface Described {
  readonly description?: string;
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly unknown[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly example?: unknown; readonly schema?: Json }>>;
  };
  readonly responses: Readonly<Record<string, Json>>;
}

/** As much of the description as tests look at. */
export interface Description {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: Described }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly responses: Readonly<Record<string, Json>>;
    readonly parameters: Readonly<Record<string, Json>>;
  };
}

/** One operation with where it stands in the description. */
export interface DescribedOperation extends Described {
  readonly method: string;
  readonly path: string;
}

export const DESCRIPTION = JSON.parse(readFileSync(OPENAPI_FILE, 'utf8')) as Description;

export const OPERATIONS: readonly DescribedOperation[] = Object.entries(DESCRIPTION.paths).flatMap(
  ([path, item]) => Object.entries(item).map(([method, operation]) => ({ method, path, ...operation })),
);

const ajv = addFormats.default(new Ajv2020({ strict: false, validateSchema: false, allErrors: true }));
ajv.addSchema(DESCRIPTION, 'open');
ajv.addSchema(closed(DESCRIPTION) as object, 'closed');

/**
 * Checks a value against the schema at `place`, a list of names from the root of the description. `closed`: no field may
 * be there that the schema does not name. The faults as one text, or null.
 */
export function faultOf(value: unknown, place: readonly string[], how: 'open' | 'closed'): string | null {
  const validate = compile(`${how}#${place.map((name) => `/${escape(name)}`).join('')}`);
  if (validate(value)) return null;
  return ajv.errorsText(validate.errors, { separator: '\n' });
}

const compiled = new Map<string, ValidateFunction>();

function compile(ref: string): ValidateFunction {
  const known = compiled.get(ref) ?? ajv.compile({ $ref: ref });
  compiled.set(ref, known);
  return known;
}

/** A name as a part of a JSON pointer in a URI fragment. */
function escape(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** Answers may get further fields, so their schemas are open. Tests hold them to the fields that are described. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, closed(inner)]));
  const isOpen = copy['type'] === 'object' && 'properties' in copy && !('additionalProperties' in copy);
  return isOpen ? { ...copy, additionalProperties: false } : copy;
}
