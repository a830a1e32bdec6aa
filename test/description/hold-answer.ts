import { DESCRIPTION, faultOf, OPERATIONS } from './description.ts';
import type { DescribedOperation, Json } from './description.ts';

/** An answer of the API, and what it answers. */
export interface Answered {
  readonly method: string;
  /** The path with its query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}

const MATCHERS = OPERATIONS.map((operation) => ({ operation, pattern: patternOf(operation.path) }));

function patternOf(path: string): RegExp {
  const parts = path.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^/]+')}/?$`);
}

/** The operation of a request, or null where there is none. */
export function operationOf(method: string, path: string): DescribedOperation | null {
  const bare = path.split('?')[0] ?? '';
  const wanted = method.toLowerCase() === 'head' ? 'get' : method.toLowerCase();
  const found = MATCHERS.find(({ operation, pattern }) => operation.method === wanted && pattern.test(bare));
  return found?.operation ?? null;
}

/**
 * Holds an answer to the description: its status, its headers, its media type, its body.
 * @throws Error that says what is not described
 */
export function holdAnswer(answered: Answered): void {
  const { method, path, status, json } = answered;
  const operation = operationOf(method, path);
  const fault = operation === null ? faultOf(json, PROBLEM, 'closed') : faultIn(operation, answered);
  if (fault === null) return;
  const body = json === undefined ? 'no JSON' : JSON.stringify(json).slice(0, 2_000);
  throw new Error(`${method} ${path} answered ${status}, which is not described:\n${fault}\n${body}`);
}

/** What is answered where there is no operation. */
const PROBLEM = ['components', 'schemas', 'Problem'];

function faultIn(operation: DescribedOperation, answered: Answered): string | null {
  const { status } = answered;
  const response = operation.responses[`${status}`];
  if (response === undefined) return `${operation.operationId} has no status ${status}`;
  const ref = response['$ref'];
  const place =
    typeof ref === 'string'
      ? ref.slice('#/'.length).split('/')
      : ['paths', operation.path, operation.method, 'responses', `${status}`];
  const described = place.reduce<unknown>((value, name) => (value as Json)[name], DESCRIPTION) as Response;
  return missingHeader(described, answered) ?? faultOfBody(described, place, answered);
}

interface Response {
  readonly headers?: Json;
  readonly content?: Readonly<Record<string, { readonly schema?: Json }>>;
}

/** A refusal may leave out when to ask again. */
function missingHeader({ headers: described = {} }: Response, { status, headers }: Answered): string | null {
  const missing = Object.keys(described).filter((name) => !headers.has(name));
  return missing.length > 0 && status < 300 ? `the header ${missing.join(', ')} is missing` : null;
}

function faultOfBody({ content }: Response, place: readonly string[], answered: Answered): string | null {
  const { method, headers, json } = answered;
  if (method === 'HEAD') return null;
  if (content === undefined) return json === undefined ? null : 'there is a body';
  const type = headers.get('content-type')?.split(';')[0] ?? 'none';
  const media = type in content ? type : '*/*';
  if (!(media in content)) return `its media type is ${type}`;
  if (content[media]?.schema === undefined) return null;
  return faultOf(json, [...place, 'content', media, 'schema'], 'closed');
}
