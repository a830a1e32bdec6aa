import { Webhook } from 'standardwebhooks';
import type { Attempt, TakenStream } from '../../db/event-streams.ts';
import { ProviderError } from '../../domain/provider-error.ts';
import { readRetryAfter } from '../../domain/retry-after.ts';
import type { AttemptFailure } from '../../domain/webhook-endpoint.ts';
import { toEnvelope } from '../../history/envelope.ts';
import type { Http, HttpResponse } from '../../http.ts';
import { placeIn } from '../../sealed-places.ts';
import type { Secrets } from '../../secrets.ts';

interface Deps {
  readonly http: Http;
  readonly secrets: Secrets;
}

/** What one try came to, and what the endpoint asked for. */
export interface SentEvent {
  readonly attempt: Attempt;
  /** What it asked for by `Retry-After`, else 0. */
  readonly askedMs: number;
}

const TIMEOUT_MS = 10_000;
/** So much of an answer is kept. */
const KEPT_BYTES = 1_024;

/**
 * Posts an event to its endpoint, once, signed as Standard Webhooks say. It never throws for anything that the endpoint
 * or the network does.
 * @throws Error if the secret cannot be opened
 */
export async function sendEvent({ http, secrets }: Deps, stream: TakenStream): Promise<SentEvent> {
  const at = new Date();
  const body = JSON.stringify(toEnvelope({ ...stream, id: stream.eventId }, stream.apiVersion));
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Tashlum',
    'webhook-id': stream.eventId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secretsOf(secrets, stream)
      .map((secret) => new Webhook(secret).sign(stream.eventId, at, body))
      .join(' '),
  };
  const startedAt = performance.now();
  const end = (rest: Pick<Attempt, 'failure' | 'status' | 'error' | 'answer'>): Attempt => ({
    at,
    durationMs: Math.round(performance.now() - startedAt),
    ...rest,
  });
  try {
    const call = { method: 'POST', url: stream.url, headers, body } as const;
    const answer = await http.send({ ...call, timeoutMs: TIMEOUT_MS, keepBytes: KEPT_BYTES });
    return { attempt: end(toResult(answer)), askedMs: askedPause(answer) };
  } catch (error) {
    const failure = error instanceof ProviderError ? failureOf(error) : null;
    if (!(error instanceof ProviderError) || failure === null) throw error;
    return { attempt: end({ failure, status: null, error: error.message, answer: null }), askedMs: 0 };
  }
}

/** The current secret first, and beside it the replaced one while it is valid. */
function secretsOf(secrets: Secrets, { endpointId, secretSealed, previousSealed }: TakenStream): string[] {
  const current = secrets.open(placeIn('webhook_endpoints.secret', endpointId), secretSealed);
  if (previousSealed === null) return [current.toString()];
  const previous = secrets.open(placeIn('webhook_endpoints.previous', endpointId), previousSealed);
  return [current.toString(), previous.toString()];
}

function toResult({ status, text }: HttpResponse): Pick<Attempt, 'failure' | 'status' | 'error' | 'answer'> {
  const isTaken = status >= 200 && status < 300;
  // PostgreSQL stores no NUL.
  const answer = text.replaceAll('\0', '\uFFFD');
  const error = isTaken ? null : `the endpoint answered with status ${status}${REMARKS[status] ?? ''}`;
  return { failure: isTaken ? null : 'refused', status, error, answer };
}

const REDIRECT = '; redirects are not followed, so enter the final address';
const REMARKS: Readonly<Record<number, string>> = {
  301: REDIRECT,
  302: REDIRECT,
  303: REDIRECT,
  307: REDIRECT,
  308: REDIRECT,
};

/** `no_answer` may have arrived. Everything else that `Http` throws means that nothing left. */
function failureOf({ code }: ProviderError): AttemptFailure | null {
  if (code === 'no_answer') return 'unclear';
  return code === 'unreachable' || code === 'rejected' ? 'not_sent' : null;
}

/** In milliseconds: what an answer asks for that is allowed to. */
function askedPause({ status, headers }: HttpResponse): number {
  return status === 429 || status === 503 ? (readRetryAfter(headers['retry-after']) ?? 0) : 0;
}
