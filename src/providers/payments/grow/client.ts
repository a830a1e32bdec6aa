import type { ZodType } from 'zod';
import { ProviderError } from '../../../domain/provider-error.ts';
import { readRetryAfter } from '../../../domain/retry-after.ts';
import type { Mode } from '../../../domain/workspace.ts';
import type { Http, HttpResponse } from '../../../http.ts';
import { allCodes, codeOf, fromSecret, methodOfPage, toSecret } from './page-codes.ts';
import type { GrowCredentials } from './credentials.ts';
import { PAGE, PROCESS, readEnvelope, readJson, REFUNDED, TRANSACTION } from './wire.ts';
import type { WirePage, WireProcess, WireRefund, WireTransactionInfo } from './wire.ts';

/** Form fields by their literal names (`pageField[fullName]`). */
export type Fields = Readonly<Record<string, string>>;

/** Grow is slow: it gets three times the usual time limit. */
const PATIENCE_MS = 30_000;

/**
 * The calls to Grow that we use. All throw ProviderError; the vendor's code is Grow's error id. A `secret` is the
 * token of a page or transaction, together with the page code that it was made under. Only these calls know its form.
 */
export interface Client {
  /** `methods` select the page code. The processToken of the page is its secret. */
  createProcess(fields: Fields, methods: readonly string[] | null): Promise<WirePage>;
  /**
   * The rows of a process, with their tokens as secrets. None if Grow has no such process, or it ended unpaid
   * (`isExpired`).
   */
  processInfo(processId: string, secret: string): Promise<WireProcess & { readonly isExpired: boolean }>;
  /** Null if Grow has no such transaction. */
  transactionInfo(transactionId: string, secret: string): Promise<WireTransactionInfo | null>;
  approve(transactionId: string, secret: string, fields: Fields): Promise<void>;
  /** Moves money back, once. */
  refund(transactionId: string, secret: string, refundSum: string): Promise<WireRefund>;
  /** Asks for an impossible process. Grow answers "no such process" only if the ids of the account are right. */
  probe(): Promise<void>;
}

/** What a client of one account needs. */
export interface ClientDeps {
  readonly http: Http;
  readonly keys: GrowCredentials;
  readonly mode: Mode;
  /** Replaces `…/server/1.0`; null: Grow's own host for the mode. */
  readonly baseUrl: string | null;
}

/** Source: docs/reference/grow.md, "Hosts and credentials". */
const HOSTS: Readonly<Record<Mode, string>> = {
  live: 'https://secure.meshulam.co.il/api/light/server/1.0',
  test: 'https://sandbox.meshulam.co.il/api/light/server/1.0',
};

/** Error ids by their meaning for us; every other one is `rejected`. Source: docs/reference/grow.md, "Error ids". */
const WRONG_KEYS = new Set('300 305 310 316 403 701 710 713 714 715 720 723 724 731 801 812'.split(' '));
const TRY_LATER = new Set(['12', '276']);
/** The page has expired, and nobody paid on it. */
const EXPIRED = '709';
/** Expired, or no such process or transaction. */
const NOTHING_FOUND = new Set(['170', '180', EXPIRED, '716', '730', '802']);

/** Client of one Grow account. */
export function createClient({ http, keys, mode, baseUrl }: ClientDeps): Client {
  const base = (baseUrl ?? HOSTS[mode]).replace(/\/+$/, '');
  const post = async (method: string, fields: Fields) =>
    http.send({
      method: 'POST',
      url: `${base}/${method}`,
      timeoutMs: PATIENCE_MS,
      ...(await toForm(fields)),
    });
  const openWith = (secret: string) => openSecret(keys, secret);
  const account = { userId: keys.userId, ...platformOf(keys) };

  return {
    async createProcess(fields, methods) {
      const method = methodOfPage(keys, methods);
      const answer = await post('createPaymentProcess', {
        ...account,
        pageCode: codeOf(keys, method),
        ...fields,
        ...(method === null ? {} : { cField2: method }),
      });
      const page = read(insist(answer), PAGE);
      return { ...page, processToken: toSecret({ token: page.processToken, method }) };
    },
    async processInfo(processId, secret) {
      const { page, token, wrap } = openWith(secret);
      const answer = await post('getPaymentProcessInfo', { ...page, processId, processToken: token });
      const { rows, unreadable } = find(answer, PROCESS) ?? { rows: [], unreadable: [] };
      return {
        rows: rows.map((row) => ({ ...row, transactionToken: wrap(row.transactionToken) })),
        unreadable,
        isExpired: isRefusedAs(answer, EXPIRED),
      };
    },
    async transactionInfo(transactionId, secret) {
      const { page, token, wrap } = openWith(secret);
      const answer = await post('getTransactionInfo', { ...page, transactionId, transactionToken: token });
      const info = find(answer, TRANSACTION);
      if (info === null) return null;
      return { ...info, row: { ...info.row, transactionToken: wrap(info.row.transactionToken) } };
    },
    async approve(transactionId, secret, fields) {
      const { page, token } = openWith(secret);
      const all = { ...page, ...fields, transactionId, transactionToken: token };
      insist(await post('approveTransaction', all));
    },
    async refund(transactionId, secret, refundSum) {
      const { page, token } = openWith(secret);
      const order = { transactionId, transactionToken: token, refundSum };
      return read(insist(await post('refundTransaction', { ...account, ...page, ...order })), REFUNDED);
    },
    async probe() {
      for (const pageCode of allCodes(keys)) {
        const nobody = { processId: '1', processToken: '0'.repeat(32) };
        find(await post('getPaymentProcessInfo', { ...account, pageCode, ...nobody }), PROCESS);
      }
    },
  };
}

const platformOf = ({ apiKey }: GrowCredentials): Fields => (apiKey === undefined ? {} : { apiKey });

/** The account, page code and token for a question about an existing page or transaction. */
function openSecret(keys: GrowCredentials, secret: string) {
  const { token, method } = fromSecret(secret);
  return {
    page: { pageCode: codeOf(keys, method), ...platformOf(keys) },
    token,
    wrap: (one: string | null) => (one === null ? null : toSecret({ token: one, method })),
  };
}

/**
 * Grow documents multipart. Our own product name passes its firewall more reliably than the name of a library.
 * Source: docs/reference/grow.md, "Hosts and credentials".
 */
async function toForm(fields: Fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const encoded = new Response(form);
  const contentType = encoded.headers.get('content-type') ?? 'multipart/form-data';
  const headers = { 'content-type': contentType, accept: 'application/json', 'user-agent': 'Tashlum/1.0' };
  return { headers, body: await encoded.text() };
}

function find<T>(answer: HttpResponse, shape: ZodType<T>): T | null {
  try {
    return read(insist(answer), shape);
  } catch (error) {
    const isNothing = error instanceof ProviderError && error.code === 'rejected';
    if (isNothing && NOTHING_FOUND.has(error.vendorCode ?? '')) return null;
    throw error;
  }
}

function isRefusedAs({ text }: HttpResponse, id: string): boolean {
  const envelope = readEnvelope(text);
  return envelope.kind === 'refusal' && envelope.id === id;
}

/**
 * The data of a successful answer. Business errors come with HTTP 200, so the body decides.
 * Source: docs/reference/grow.md, "Hosts and credentials".
 */
function insist({ status, headers, text }: HttpResponse): unknown {
  if (status === 429) throw tooFast(headers['retry-after']);
  if (status >= 500) throw new ProviderError('provider_unavailable', `Grow answered ${status}`);
  const envelope = readEnvelope(text);
  if (envelope.kind === 'refusal') throw toError(envelope.id);
  if (envelope.kind === 'success' && status < 300) return envelope.data;
  const why = status === 403 ? 'its firewall may have blocked us' : 'without a readable body';
  throw new ProviderError('bad_answer', `Grow answered ${status}, ${why}`, {
    isWhole: readJson(text) !== undefined,
  });
}

function toError(id: string): ProviderError {
  const vendorCode = /^\d{1,6}$/.test(id) ? id : null;
  if (WRONG_KEYS.has(id)) {
    const message = `Grow does not accept userId, a page code or apiKey, or the page is inactive (error ${id})`;
    return new ProviderError('credentials_invalid', message, { vendorCode });
  }
  if (TRY_LATER.has(id)) {
    return new ProviderError('provider_unavailable', `Grow has a general error (${id})`, { vendorCode });
  }
  return new ProviderError('rejected', `Grow refused the request (error ${vendorCode ?? 'unknown'})`, {
    vendorCode,
  });
}

function read<T>(data: unknown, shape: ZodType<T>): T {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') ?? '';
  throw new ProviderError('bad_answer', `Grow answered without a readable ${field || 'data'}`, {
    isWhole: true,
  });
}

function tooFast(retryAfter: string | undefined): ProviderError {
  const retryAfterMs = readRetryAfter(retryAfter);
  return new ProviderError('rate_limited', 'Grow says that we send too many requests', { retryAfterMs });
}
