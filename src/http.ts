import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { ProviderError } from './domain/provider-error.ts';
import { guardedLookup, isAllowedHost, OUTBOUND_REFUSED, refusal } from './http-guard.ts';
import type { OutboundGuard } from './http-guard.ts';

/** One outgoing call. `timeoutMs` limits all of it. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs?: number;
  /** Reads no more than about this many bytes of the answer and cuts the rest off. Else the whole answer is needed. */
  readonly keepBytes?: number;
  /** Neither side sends text: `body` and the answer's `text` have one character for each byte ("latin1"). */
  readonly isBinary?: boolean;
}

/** The response with any status; the body as text. Header names are lower-case. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** All outgoing HTTP goes through here. It follows no redirect and repeats nothing. */
export interface Http {
  /**
   * @throws ProviderError `unreachable` (nothing arrived), `no_answer` (it may have arrived and had an effect), or
   * `rejected` (the guard refused an internal address; nothing was sent)
   */
  send(call: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
const WHOLE_TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Errors of undici before any byte of the request was sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
/** A route may also fail during a used connection: then the request may have arrived. */
const NO_ROUTE = new Set(['EHOSTUNREACH', 'ENETUNREACH']);

/** Use `guard` for addresses that customers give: requests then reach no internal address. */
export interface HttpSettings {
  readonly connectMs?: number;
  /** No call takes longer, whatever its own limit. */
  readonly mostMs?: number;
  readonly guard?: OutboundGuard;
}

/**
 * Opens a pool of connections; the caller closes it. Default: 5 s to connect, 10 s for a whole call. Answers have 8 MiB
 * at most.
 */
export function createHttp({ connectMs, mostMs = Infinity, guard }: HttpSettings = {}): Http {
  const dispatcher = new Agent({
    connect: {
      timeout: connectMs ?? CONNECT_TIMEOUT_MS,
      ...(guard === undefined ? {} : { lookup: guardedLookup(guard) }),
    },
    maxResponseSize: MAX_ANSWER_BYTES,
    pipelining: 1,
    keepAliveTimeout: 10_000,
  });
  return {
    send: (call) =>
      send(dispatcher, call, guard ?? null, Math.min(call.timeoutMs ?? WHOLE_TIMEOUT_MS, mostMs)),
    close: () => dispatcher.close(),
  };
}

async function send(
  dispatcher: Dispatcher,
  call: HttpRequest,
  guard: OutboundGuard | null,
  timeoutMs: number,
): Promise<HttpResponse> {
  const { hostname, host } = new URL(call.url);
  try {
    // A literal address needs no look-up.
    if (guard !== null && !isAllowedHost(hostname, guard)) throw refusal(host);
    const answer = await request(call.url, {
      dispatcher,
      method: call.method,
      headers: call.headers ?? {},
      body: call.isBinary === true ? Buffer.from(call.body ?? '', 'latin1') : (call.body ?? null),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return {
      status: answer.statusCode,
      headers: flatten(answer.headers),
      text: await readBody(answer.body, call),
    };
  } catch (error) {
    throw toProviderError(error, host);
  }
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  { keepBytes, isBinary = false }: HttpRequest,
): Promise<string> {
  if (keepBytes === undefined && !isBinary) return body.text();
  const bytes = keepBytes === undefined ? await body.bytes() : await readStart(body, keepBytes);
  return Buffer.from(bytes).toString(isBinary ? 'latin1' : 'utf8');
}

/** The beginning of a body. The status has come already, so a body that breaks off changes nothing. */
async function readStart(body: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= most) break;
    }
  } catch {
    // What came until then is shown.
  }
  return Buffer.concat(chunks).subarray(0, most);
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value ?? '')]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function toProviderError(error: unknown, host: string): ProviderError {
  const { code, isConnecting } = reasonOf(error);
  if (code === OUTBOUND_REFUSED) {
    return new ProviderError('rejected', `${host} is not a public address: enter one that is`, {
      vendorCode: OUTBOUND_REFUSED,
    });
  }
  if (NEVER_SENT.has(code) || (NO_ROUTE.has(code) && isConnecting))
    return new ProviderError('unreachable', `no connection to ${host} (${code})`);
  return new ProviderError('no_answer', `${host} did not answer completely (${code})`);
}

/**
 * undici wraps the error of the socket; its code is one level down. After tries of several addresses the errors are a
 * list.
 */
function reasonOf(error: unknown): { code: string; isConnecting: boolean } {
  for (let at: unknown = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : null) {
    if ('code' in at && typeof at.code === 'string') {
      return { code: at.code, isConnecting: 'errors' in at || ('syscall' in at && at.syscall === 'connect') };
    }
    if ('name' in at && at.name === 'TimeoutError') return { code: 'TIMEOUT', isConnecting: false };
  }
  return { code: 'UNKNOWN', isConnecting: false };
}
