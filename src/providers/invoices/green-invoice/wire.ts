import { z } from 'zod';
import type { ZodType } from 'zod';
import { ProviderError } from '../../../domain/provider-error.ts';
import { readRetryAfter } from '../../../domain/retry-after.ts';
import type { ProviderErrorCode } from '../../../domain/provider-error.ts';
import type { HttpResponse } from '../../../http.ts';
import type { WireDecimal } from '../wire-amount.ts';
import { OAUTH_REFUSALS, refusalOf } from './refusals.ts';

type LinkType = 'link' | 'cancel';

/** `POST /documents`, the fields that we send. Source: docs/reference/green-invoice.md, "Fields of a document". */
export interface DocumentBody {
  readonly type: number;
  readonly lang: 'he' | 'en';
  readonly currency: string;
  readonly vatType: number;
  readonly date: string;
  readonly description: string;
  readonly rounding: false;
  readonly signed: true;
  readonly client: {
    readonly name: string;
    readonly taxId?: string;
    readonly emails?: readonly string[];
    readonly address?: string;
    readonly add: false;
  };
  readonly income?: readonly IncomeRow[];
  readonly payment?: readonly PaymentRow[];
  readonly linkedDocumentIds?: readonly string[];
  readonly linkType?: LinkType | Uppercase<LinkType>;
  readonly remarks?: string;
}

/**
 * A line of a document that we create. `price` is in major units. Source: docs/reference/green-invoice.md.
 */
export interface IncomeRow {
  readonly description: string;
  readonly quantity: number;
  readonly price: WireDecimal;
  readonly currency: string;
  readonly vatType: number;
}

/**
 * One means of payment of a document that we create. `price` is in major units. Source:
 * docs/reference/green-invoice.md.
 */
export interface PaymentRow {
  readonly date: string;
  readonly type: number;
  readonly price: WireDecimal;
  readonly currency: string;
  readonly appType?: number;
  readonly bankName?: string;
  readonly bankBranch?: string;
  readonly bankAccount?: string;
  readonly chequeNum?: string;
  readonly cardType?: number;
  readonly cardNum?: string;
  readonly dealType?: number;
  readonly numPayments?: number;
  readonly firstPayment?: WireDecimal;
}

/** `POST /documents/search`, the fields that we send. Source: docs/reference/green-invoice.md, "Search". */
export interface SearchBody {
  readonly page: number;
  readonly pageSize: number;
  readonly type: readonly number[];
  readonly fromDate: string;
  readonly description?: string;
  readonly sort: 'documentDate' | 'creationDate';
}

/** An odd informative field must not make a whole answer unreadable: it counts as missing. */
const lenient = <T>(schema: ZodType<T>) => schema.nullish().catch(null);
const code = z.union([z.string(), z.number()]).transform(String);

/** Addresses of a document's file, by language. */
export const LINKS = z.object({
  origin: lenient(z.string()),
  he: lenient(z.string()),
  en: lenient(z.string()),
});
export type Links = z.infer<typeof LINKS>;

/** A document, in a search or alone. */
export const DOCUMENT = z.object({
  id: z.string().min(1),
  number: lenient(code),
  /** Null if it is missing or not understood. */
  type: lenient(z.number().int()),
  status: lenient(z.number()),
  documentDate: lenient(z.string().regex(/^\d{4}-\d{2}-\d{2}$/)),
  description: lenient(z.string()),
  remarks: lenient(z.string()),
  currency: lenient(z.string()),
  amount: lenient(z.number()),
  vat: lenient(z.number()),
  url: lenient(LINKS),
  allocationNumber: lenient(code),
  taxAuthorityConfirmationNumber: lenient(code),
});
export type WireDocument = z.infer<typeof DOCUMENT>;

/** One page of a search. `pages` counts all of them. */
export const SEARCH_PAGE = z.object({ pages: z.number().int(), items: z.array(DOCUMENT) });
export type SearchPage = z.infer<typeof SEARCH_PAGE>;

/** The older API says `documentId`. */
export const CREATED = z.union([
  z.object({ id: z.string().min(1) }),
  z.object({ documentId: z.string().min(1) }).transform(({ documentId }) => ({ id: documentId })),
]);

/** A token and its expiry in unix seconds. Source: docs/reference/green-invoice.md, "Tokens", both generations. */
export const TOKEN = z.union([
  z
    .object({ accessToken: z.string().min(1), expiresAt: z.number() })
    .transform(({ accessToken, expiresAt }) => ({ value: accessToken, expiresAt })),
  z
    .object({ token: z.string().min(1), expires: z.number() })
    .transform(({ token, expires }) => ({ value: token, expiresAt: expires })),
]);

/**
 * The body of an answer, if it has the documented shape.
 * @throws ProviderError `rate_limited`, `provider_unavailable`, `credentials_invalid`, `rejected`, `bad_answer`
 */
export function readAnswer<T>(answer: HttpResponse, shape: ZodType<T>): T {
  if (answer.status === 429) throw tooFast(answer.headers['retry-after']);
  const body = readJson(answer.text);
  throwRefusal(answer.status, body);
  const read = shape.safeParse(body);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join('.') ?? '';
  throw new ProviderError('bad_answer', `Green Invoice answered without a readable ${field || 'body'}`);
}

function tooFast(retryAfter: string | undefined): ProviderError {
  const retryAfterMs = readRetryAfter(retryAfter);
  return new ProviderError('rate_limited', 'Green Invoice says that we send too many requests', {
    retryAfterMs,
  });
}

/** Undefined when the text is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const TROUBLE = z.object({ errorCode: z.coerce.number().catch(0), error: z.string().catch('') });

/** A documented code is more exact than the HTTP status, which differs between generations. */
function throwRefusal(status: number, body: unknown): void {
  const { errorCode, error } = TROUBLE.safeParse(body).data ?? { errorCode: 0, error: '' };
  throwDocumented(errorCode, error);
  const code = errorCode || status;
  if ([status, errorCode].some(isTrouble))
    throw toError('provider_unavailable', 'the service is in trouble', code);
  if (status === 401) throw toError('credentials_invalid', 'the API key is not accepted', code);
  if (body === undefined) throw toError('bad_answer', 'an answer that is not JSON', code);
  if (status >= 400) throw toError('rejected', 'the request is not accepted', code);
  if (status >= 300 || errorCode !== 0) throw toError('bad_answer', 'an answer that is not documented', code);
}

const isTrouble = (code: number): boolean => code >= 500 && code < 600;

function throwDocumented(errorCode: number, error: string): void {
  const refusal = refusalOf(errorCode);
  if (refusal) throw toError(refusal.code, refusal.sentence, errorCode);
  const oauth = Object.hasOwn(OAUTH_REFUSALS, error) ? OAUTH_REFUSALS[error] : undefined;
  if (oauth !== undefined) throw toError('credentials_invalid', oauth, error);
}

function toError(code: ProviderErrorCode, sentence: string, vendorCode: number | string): ProviderError {
  const text = String(vendorCode);
  return new ProviderError(code, `Green Invoice: ${sentence} (${text})`, { vendorCode: text });
}
