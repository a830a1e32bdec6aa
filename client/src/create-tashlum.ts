import createClient from 'openapi-fetch';
import type { FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import type { HttpMethod, MediaType, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import { KEYED_POSTS } from './description.ts';
import type { paths } from './description.ts';
import { TashlumProblem, TashlumUnreachable } from './problem.ts';
import { createRepeatingFetch } from './repeat.ts';
import type { Fetch, RepeatPolicy } from './repeat.ts';

export interface TashlumOptions {
  /** Where the API is: `https://pay.example.com`. */
  readonly baseUrl: string;
  /** The API key. */
  readonly key: string;
  /** Sent with every call, such as `Tashlum-Actor`: the person behind it, for the audit log. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: 5 tries within 60 s, 30 s each, the first pause 500 ms. */
  readonly repeat?: Partial<RepeatPolicy>;
  /** Instead of the runtime's own `fetch`. */
  readonly fetch?: Fetch;
}

const REPEAT: RepeatPolicy = { maxTries: 5, maxTotalMs: 60_000, timeoutMs: 30_000, firstPauseMs: 500 };

/** What a call takes beside its parameters and its body. */
interface More {
  /** Yours, if the call may outlive your process: the same key and body have one effect. Default: a fresh one. */
  readonly idempotencyKey?: string;
}

type Arguments<Init> = RequiredKeysOf<Init> extends never ? [init?: Init & More] : [init: Init & More];

type BodyOf<Operation, Init, Media extends MediaType> =
  Operation extends Record<string | number, unknown>
    ? Exclude<FetchResponse<Operation, Init, Media>['data'], undefined>
    : never;

/** The JSON of an answer, else its file. One that comes as both is read as a file by `parseAs`. */
type Body<Operation, Init> = [BodyOf<Operation, Init, 'application/json'>] extends [never]
  ? BodyOf<Operation, Init, MediaType>
  : BodyOf<Operation, Init, 'application/json'>;

/** What is answered with 2xx; undefined for a 204. */
type Answer<Operation, Init> = [Body<Operation, Init>] extends [never] ? undefined : Body<Operation, Init>;

type Caller<Method extends HttpMethod> = <
  Path extends PathsWithMethod<paths, Method>,
  Init extends MaybeOptionalInit<paths[Path], Method>,
>(
  path: Path,
  ...init: Arguments<Init>
) => Promise<Answer<paths[Path][Method], Init>>;

interface Page {
  readonly data: readonly unknown[];
  readonly next: string | null;
}

/** The lists that come in pages. */
type PagedPath = {
  [Path in PathsWithMethod<paths, 'get'>]: Answer<paths[Path]['get'], object> extends Page ? Path : never;
}[PathsWithMethod<paths, 'get'>];

type Row<Path extends PagedPath> =
  Answer<paths[Path]['get'], object> extends { readonly data: readonly (infer Item)[] } ? Item : never;

/**
 * The API, typed by its description. Each method resolves with the body of the answer, and fails with `TashlumProblem`
 * where the API refuses, `TashlumUnreachable` where no answer came, or the signal's reason where the caller gave up.
 */
export interface Tashlum {
  readonly get: Caller<'get'>;
  readonly post: Caller<'post'>;
  readonly put: Caller<'put'>;
  readonly patch: Caller<'patch'>;
  readonly delete: Caller<'delete'>;
  /** Every row of a list, newest first. The next page is asked for when its first row is wanted. */
  each<Path extends PagedPath, Init extends MaybeOptionalInit<paths[Path], 'get'>>(
    path: Path,
    ...init: Arguments<Init>
  ): AsyncGenerator<Row<Path>, void>;
}

/** The parameters of any call. Types hold callers to the description; below, calls are all alike. */
interface AnyInit extends More {
  readonly params?: { readonly query?: object; readonly header?: Readonly<Record<string, unknown>> };
}

type AnyRequest = (
  method: HttpMethod,
  path: string,
  init: object,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** A client of one API with one key. It keeps nothing and opens nothing until it is called. */
export function createTashlum({ baseUrl, key, headers, repeat, fetch }: TashlumOptions): Tashlum {
  const send = fetch ?? ((request: Request) => globalThis.fetch(request));
  const { request } = createClient<paths>({
    baseUrl,
    headers: { ...headers, authorization: `Bearer ${key}` },
    // The API answers none of these calls with a redirect, and one that is followed may turn a POST into a GET.
    redirect: 'manual',
    fetch: createRepeatingFetch(send, { ...REPEAT, ...repeat }),
  });
  const caller =
    (method: HttpMethod) =>
    (path: string, init: AnyInit = {}): Promise<unknown> =>
      call(request as AnyRequest, method, path, init);
  const get = caller('get');
  return {
    get,
    post: caller('post'),
    put: caller('put'),
    patch: caller('patch'),
    delete: caller('delete'),
    each: (path: string, init?: AnyInit) => eachRow(get, path, init),
  } as Tashlum;
}

async function call(request: AnyRequest, method: HttpMethod, path: string, init: AnyInit): Promise<unknown> {
  const { idempotencyKey: given, ...rest } = init;
  const idempotencyKey = given ?? ownKey(init) ?? (needsKey(method, path) ? crypto.randomUUID() : null);
  const header = { ...init.params?.header, ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }) };
  const about = { method: method.toUpperCase(), path, idempotencyKey };
  const sent = await request(method, path, { ...rest, params: { ...init.params, header } }).catch(
    (fault: unknown) => {
      const { signal } = init as { readonly signal?: AbortSignal };
      throw signal?.aborted ? fault : new TashlumUnreachable(about, fault);
    },
  );
  if (!sent.response.ok) throw new TashlumProblem(about, sent.response, sent.error);
  return sent.data;
}

function ownKey({ params }: AnyInit): string | null {
  const own = params?.header?.['Idempotency-Key'];
  return typeof own === 'string' ? own : null;
}

function needsKey(method: HttpMethod, path: string): boolean {
  return method === 'post' && KEYED_POSTS.some((keyed) => keyed === path);
}

async function* eachRow(
  get: (path: string, init: AnyInit) => Promise<unknown>,
  path: string,
  init: AnyInit = {},
): AsyncGenerator<unknown, void> {
  let after: string | null = null;
  do {
    const query = { ...init.params?.query, ...(after !== null && { after }) };
    const page = (await get(path, { ...init, params: { ...init.params, query } })) as Page;
    yield* page.data;
    after = page.next;
  } while (after !== null);
}
