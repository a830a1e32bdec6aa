import type { ZodType } from 'zod';
import { ProviderError } from '../../../domain/provider-error.ts';
import { readRetryAfter } from '../../../domain/retry-after.ts';
import type { Mode } from '../../../domain/workspace.ts';
import type { Http, HttpResponse } from '../../../http.ts';
import { readEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import type { LinkBody } from './link-body.ts';
import type { RefundBody } from './refund.ts';
import { IPN, PAGE, REFUNDED, VIEW } from './wire.ts';
import type { IpnSearch, WireIpn, WirePage, WireRefund, WireRows } from './wire.ts';

/** The calls to PayPlus that we use. All throw ProviderError. */
export interface Client {
  generateLink(body: LinkBody): Promise<WirePage>;
  /** The transaction found and those related to it; null when nothing was paid. */
  ipn(search: IpnSearch): Promise<WireIpn | null>;
  /** Every transaction with our reference. */
  view(search: { more_info: string }): Promise<WireRows>;
  disable(pageUid: string): Promise<void>;
  /** Sends a refund, once; its status code says whether it succeeded. */
  refund(body: RefundBody): Promise<WireRefund>;
  /** Reads the payment methods of the page: this works only if both the keys and the uid of the page are right. */
  chargeMethods(paymentPageUid: string): Promise<void>;
}

/** What a client of one account needs. */
export interface ClientDeps {
  readonly http: Http;
  readonly keys: { readonly apiKey: string; readonly secretKey: string };
  readonly mode: Mode;
  /** Replaces `…/api/v1.0`; null: PayPlus's own host for the mode. */
  readonly baseUrl: string | null;
}

/** Source: docs/reference/payplus.md, "Hosts and credentials". */
const HOSTS: Readonly<Record<Mode, string>> = {
  live: 'https://restapi.payplus.co.il/api/v1.0',
  test: 'https://restapidev.payplus.co.il/api/v1.0',
};

/**
 * PayPlus's words for "not found"; after a callback they mean "not yet".
 * Source: docs/reference/payplus.md, "Envelope and errors".
 */
const NOTHING_FOUND = /^can-?not-find-transaction/;
const UNKNOWN_PAGE = 'can-not-find-payment-page';
const WRONG_KEYS = /\b(API_KEY|SECRET_KEY)\b/i;
/** An error without a cause. */
const GENERIC = /^(error|general[-_ ]?error)?$/i;
/** Making a page moves no money, so it may be tried again soon. */
const TRY_AGAIN_MS = 2_000;
/** Only hyphenated words count as a code: free text may hold anything, even what we sent. */
const CODE_WORDS = /^[a-z]+([-_][a-z]+)+$/i;

/** Client of one PayPlus account. */
export function createClient({ http, keys, mode, baseUrl }: ClientDeps): Client {
  const base = (baseUrl ?? HOSTS[mode]).replace(/\/+$/, '');
  const headers = {
    // Some accounts accept only one of the two forms, so both are sent (docs/reference/payplus.md, "Hosts and
    // credentials").
    'api-key': keys.apiKey,
    'secret-key': keys.secretKey,
    authorization: JSON.stringify({ api_key: keys.apiKey, secret_key: keys.secretKey }),
    'content-type': 'application/json',
    accept: 'application/json',
  };
  const get = (path: string) => http.send({ method: 'GET', url: `${base}/${path}`, headers });
  const post = (path: string, body?: object) => {
    const call = { method: 'POST', url: `${base}/${path}`, headers } as const;
    return http.send(body ? { ...call, body: JSON.stringify(body) } : call);
  };

  return {
    generateLink: async (body) => {
      const answer = await post('PaymentPages/generateLink', body);
      const envelope = readAnswer(answer);
      if (envelope.kind === 'refusal' && GENERIC.test(envelope.description)) throw generic();
      return read(toData(envelope, answer.status), PAGE);
    },
    ipn: async (search) => find(await post('PaymentPages/ipn', search), IPN),
    view: async (search) => find(await post('Transactions/View', search), VIEW) ?? NO_ROWS,
    async disable(pageUid) {
      const answer = await post(`PaymentPages/Disable/${encodeURIComponent(pageUid)}`);
      // Only the HTTP status of this answer is documented: a 200 without a body is a success.
      if (answer.status !== 200 || answer.text.trim() !== '') insist(answer);
    },
    refund: async (body) => read(insist(await post('Transactions/RefundByTransactionUID', body)), REFUNDED),
    async chargeMethods(paymentPageUid) {
      insist(await get(`PaymentPages/ChargeMethods?payment_page_uid=${encodeURIComponent(paymentPageUid)}`));
    },
  };
}

const NO_ROWS: WireRows = { rows: [], unreadable: [] };

function find<T>(answer: HttpResponse, shape: ZodType<T>): T | null {
  const envelope = readAnswer(answer);
  if (envelope.kind === 'refusal' && NOTHING_FOUND.test(envelope.description)) return null;
  return read(toData(envelope, answer.status), shape);
}

const insist = (answer: HttpResponse): unknown => toData(readAnswer(answer), answer.status);

/**
 * Filters out everything that is not an answer to the question. The body decides, not the HTTP status.
 * Source: docs/reference/payplus.md, "Envelope and errors".
 */
function readAnswer(answer: HttpResponse): Envelope {
  const { status, headers, text } = answer;
  if (status === 429) throw tooFast(headers['retry-after']);
  if (status >= 500) throw new ProviderError('provider_unavailable', `PayPlus answered ${status}`);
  const envelope = readEnvelope(text);
  if (isWrongKeys(status, envelope)) {
    throw new ProviderError('credentials_invalid', 'PayPlus does not accept apiKey and secretKey');
  }
  return envelope;
}

/**
 * A 403 without JSON means a proxy or an unknown path, not the keys.
 * Source: docs/reference/payplus.md, "Envelope and errors".
 */
function isWrongKeys(status: number, envelope: Envelope): boolean {
  if (status === 401) return true;
  if (status === 403) return envelope.kind !== 'unreadable' || envelope.isJson;
  return envelope.kind === 'refusal' && WRONG_KEYS.test(envelope.description);
}

function toData(envelope: Envelope, status: number): unknown {
  if (envelope.kind === 'refusal') throw toRefusal(status, envelope.description);
  if (envelope.kind === 'success' && status < 300) return envelope.data;
  if (envelope.kind === 'unreadable' && envelope.isJson && status >= 400) throw toRefusal(status, '');
  throw new ProviderError('bad_answer', `PayPlus answered ${status} without a readable body`, {
    isWhole: envelope.kind === 'success' || envelope.isJson,
  });
}

const generic = (): ProviderError =>
  new ProviderError('rejected', 'PayPlus answered with a general error and made no page', {
    vendorCode: 'general-error',
    retryAfterMs: TRY_AGAIN_MS,
  });

function toRefusal(status: number, description: string): ProviderError {
  const vendorCode = CODE_WORDS.test(description) ? description : null;
  if (description === UNKNOWN_PAGE) {
    return new ProviderError('credentials_invalid', 'PayPlus has no page with this paymentPageUid', {
      vendorCode,
    });
  }
  return new ProviderError('rejected', `PayPlus refused the request (HTTP ${status})`, { vendorCode });
}

function read<T>(data: unknown, shape: ZodType<T>): T {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') ?? '';
  throw new ProviderError('bad_answer', `PayPlus answered without a readable ${field || 'data'}`, {
    isWhole: true,
  });
}

function tooFast(retryAfter: string | undefined): ProviderError {
  const retryAfterMs = readRetryAfter(retryAfter);
  return new ProviderError('rate_limited', 'PayPlus says that we send too many requests', { retryAfterMs });
}
