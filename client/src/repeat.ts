/** How often and how long a call is tried. */
export interface RepeatPolicy {
  /** All tries, the first included. */
  readonly maxTries: number;
  /** No try begins later than this after the first one began. */
  readonly maxTotalMs: number;
  /** How long one try may take. */
  readonly timeoutMs: number;
  /** The pause after the first try; it doubles after each. */
  readonly firstPauseMs: number;
}

/** Sends one request and gives its answer; rejects where there is none. */
export type Fetch = (request: Request) => Promise<Response>;

type Outcome = { readonly response: Response } | { readonly fault: unknown };

const LONGEST_PAUSE_MS = 8_000;

/** 503 is the engine's word; 502 and 504 come from a proxy that got no answer from it. None is stored under a key. */
const AWAY = [502, 503, 504];

/** Chance added to `Retry-After`, so that callers who were told the same second do not come back together. */
const SPREAD = 0.2;

/**
 * A fetch that repeats what is safe to repeat, with the same headers and body. A 429 and a 409 `idempotency_in_progress`
 * changed nothing, so they are always repeated. No answer, 502, 503 and 504 are repeated where a second call has no
 * second effect: every method but POST, and a POST with an `Idempotency-Key`. Any other answer is final.
 */
export function createRepeatingFetch(fetchOnce: Fetch, policy: RepeatPolicy): Fetch {
  return async (request) => {
    const end = Date.now() + policy.maxTotalMs;
    for (let tries = 1; ; tries += 1) {
      const outcome = await attempt(fetchOnce, request, policy.timeoutMs);
      const pauseMs = pauseBefore(tries, outcome, policy);
      const isOver = tries >= policy.maxTries || Date.now() + pauseMs > end;
      if (isOver || !(await mayRepeat(request, outcome))) return settle(outcome);
      await pause(pauseMs, request.signal);
    }
  };
}

/** Reads the whole answer, because a connection that breaks amid the body is a try that failed too. */
async function attempt(fetchOnce: Fetch, request: Request, timeoutMs: number): Promise<Outcome> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const answer = await fetchOnce(new Request(request.clone(), { signal }));
    const bytes = await answer.arrayBuffer();
    const { status, statusText, headers } = answer;
    return { response: new Response(bytes.byteLength === 0 ? null : bytes, { status, statusText, headers }) };
  } catch (fault) {
    request.signal.throwIfAborted();
    return { fault };
  }
}

async function mayRepeat(request: Request, outcome: Outcome): Promise<boolean> {
  const hasOneEffect = request.method !== 'POST' || request.headers.has('idempotency-key');
  if ('fault' in outcome) return hasOneEffect;
  const { response } = outcome;
  if (response.status === 429) return true;
  if (response.status === 409) return (await codeOf(response)) === 'idempotency_in_progress';
  return hasOneEffect && AWAY.includes(response.status);
}

async function codeOf(response: Response): Promise<unknown> {
  const body: unknown = await response
    .clone()
    .json()
    // What is not JSON has no code.
    .catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
}

function settle(outcome: Outcome): Response {
  if ('response' in outcome) return outcome.response;
  throw outcome.fault;
}

function pauseBefore(tries: number, outcome: Outcome, { firstPauseMs }: RepeatPolicy): number {
  const asked = 'response' in outcome ? retryAfterMs(outcome.response.headers) : null;
  if (asked !== null) return asked * (1 + Math.random() * SPREAD);
  const widest = Math.min(firstPauseMs * 2 ** (tries - 1), LONGEST_PAUSE_MS);
  return widest * (0.5 + Math.random() / 2);
}

/** `Retry-After` in milliseconds, from seconds or an HTTP date (RFC 9110, 10.2.3); null where there is none. */
export function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** Waits; rejects with the reason of the signal once it is aborted. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
