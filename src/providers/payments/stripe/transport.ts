import type Stripe from 'stripe';
import { z } from 'zod';
import { ProviderError } from '../../../domain/provider-error.ts';
import { readRetryAfter } from '../../../domain/retry-after.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../http.ts';

type HttpClient = NonNullable<Stripe.StripeConfig['httpClient']>;
type SdkResponse = Awaited<ReturnType<HttpClient['makeRequest']>>;

/**
 * Request headers that Stripe needs. The other headers of the SDK describe this machine and are not sent, nor is its
 * user agent.
 */
const SENT = ['accept', 'authorization', 'content-type', 'idempotency-key', 'stripe-version'];
/** Response headers that we use. The SDK would print others (`stripe-notice`) as warnings. */
const HEARD = ['retry-after', 'idempotent-replayed', 'request-id'];

const ANSWER = z.looseObject({ error: z.looseObject({}).optional() });

/**
 * Lets the SDK use our own Http: `base` replaces its host, and may have a path. Anything but an answer of Stripe's
 * API (HTML, empty, half a JSON) becomes a ProviderError before the SDK sees it.
 */
export function createTransport(http: Http, base: string): HttpClient {
  return {
    getClientName: () => 'tashlum',
    async makeRequest(_host, _port, path, method, headers, body, _protocol, timeoutMs) {
      const answer = await http.send({
        method: method as HttpRequest['method'],
        url: base + path,
        headers: { ...pick(headers, SENT), 'user-agent': 'Tashlum' },
        ...(method === 'POST' ? { body } : {}),
        timeoutMs,
      });
      return toResponse(answer.status, pick(answer.headers, HEARD), readAnswer(answer));
    },
  };
}

function toResponse(status: number, headers: Record<string, string>, body: object): SdkResponse {
  return {
    getStatusCode: () => status,
    getHeaders: () => headers,
    getRawResponse: () => ({ headers }),
    toStream: () => {
      throw new Error('nothing is streamed');
    },
    toJSON: () => Promise.resolve(body),
  };
}

/** The object of a success, or an error in Stripe's own shape with any status. */
function readAnswer({ status, headers, text }: HttpResponse): object {
  if (status === 429) throw tooFast(headers['retry-after']);
  const body = ANSWER.safeParse(readJson(text)).data;
  if (body?.error !== undefined) return body;
  if (body !== undefined && status >= 200 && status < 300) return body;
  if (status >= 500) throw new ProviderError('provider_unavailable', `Stripe answered ${status}`);
  if (status === 401) throw new ProviderError('credentials_invalid', 'Stripe does not accept secretKey');
  throw new ProviderError('bad_answer', `Stripe answered ${status} without a readable body`);
}

function pick(headers: object, names: readonly string[]): Record<string, string> {
  const all = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return Object.fromEntries(all.filter(([name]) => names.includes(name)));
}

/** 429, with the pause that Stripe asks for. The SDK does not read it. */
export function tooFast(retryAfter: string | undefined): ProviderError {
  const retryAfterMs = readRetryAfter(retryAfter);
  return new ProviderError('rate_limited', 'Stripe says that we send too many requests', { retryAfterMs });
}

/** Undefined when the text is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
