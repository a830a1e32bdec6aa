import { z } from 'zod';
import type { ZodType } from 'zod';
import { ProviderError } from '../../../domain/provider-error.ts';
import { readRetryAfter } from '../../../domain/retry-after.ts';
import type { ProviderErrorCode } from '../../../domain/provider-error.ts';
import type { HttpResponse } from '../../../http.ts';
import type { WireDecimal } from '../wire-amount.ts';

// Names and numbers are those of SUMIT's OpenAPI file (app.sumit.co.il/help/developers/swagger).

/** `POST /accounting/documents/create/`, the fields that we send beside the credentials. */
export interface DocumentBody {
  readonly Details: {
    readonly Type: number;
    readonly Date: string;
    readonly Language: number;
    readonly Currency: number;
    readonly Description: string;
    readonly ExternalReference: string;
    readonly Customer: {
      readonly Name: string;
      readonly ExternalIdentifier: string;
      readonly SearchMode: number;
      readonly CompanyNumber?: string;
      readonly NoVAT?: boolean;
    };
    readonly IsDraft?: true;
  };
  readonly Items: readonly ItemRow[];
  readonly Payments: readonly PaymentRow[];
  readonly VATIncluded: true;
  readonly OriginalDocumentID?: number;
}

/** A price is in one of two fields: shekels in the first, any other currency in the second. */
export interface ItemRow {
  readonly Quantity: number;
  readonly UnitPrice?: WireDecimal;
  readonly DocumentCurrency_UnitPrice?: WireDecimal;
  readonly Item: { readonly Name: string };
}

/**
 * One means of payment of a document that we create. Amounts are in major units, `DocumentCurrency_…` where
 * it is not shekels.
 */
export interface PaymentRow {
  readonly Amount?: WireDecimal;
  readonly DocumentCurrency_Amount?: WireDecimal;
  readonly Type: number;
  readonly Details_Cash?: object;
  readonly Details_BankTransfer?: object;
  readonly Details_Cheque?: {
    readonly BankNumber?: number;
    readonly BranchNumber?: number;
    readonly AccountNumber?: string;
    readonly ChequeNumber?: string;
    readonly DueDate?: string;
  };
  readonly Details_CreditCard?: {
    readonly CardBrand?: string;
    readonly Last4Digits?: string;
    readonly Payments: number;
    readonly FirstPayment?: WireDecimal;
    readonly EachPayment?: WireDecimal;
  };
  readonly Details_Digital?: { readonly Type: string };
  readonly Details_Other?: { readonly Type: string };
}

/** `POST /accounting/documents/list/`. Days are inclusive. */
export interface ListBody {
  readonly DocumentTypes: readonly number[];
  readonly DateFrom: string;
  readonly DateTo: string;
  readonly IncludeDrafts: boolean;
  readonly Paging: { readonly StartIndex: number; readonly PageSize: number };
}

/** An odd informative field must not make a whole answer unreadable: it counts as missing. */
const lenient = <T>(schema: ZodType<T>) => schema.nullish().catch(null);
const id = z.union([z.string().regex(/^\d+$/), z.number().int().positive()]).transform(String);
const number = z.union([z.string().min(1), z.number().int()]).transform(String);

/** The file writes a value as `Success (0)`; answers carry the number, the name, or both. */
const valueOf = (names: readonly string[]) =>
  z.union([z.number().int(), z.string()]).transform((value, context) => {
    if (typeof value === 'number') return value;
    const written = /\((\d+)\)\s*$/.exec(value)?.[1];
    const found = written === undefined ? names.indexOf(value.trim()) : Number(written);
    if (found < 0) context.addIssue('is not a documented value');
    return found;
  });

const TYPE_NAMES = [
  'Invoice',
  'InvoiceAndReceipt',
  'Receipt',
  'ProformaInvoice',
  'DonationReceipt',
  'CreditInvoice',
  'CreditInvoiceAndReceipt',
  'CreditReceipt',
] as const;

const summary = {
  /** Null for an unknown word. */
  Type: lenient(valueOf(TYPE_NAMES)),
  ExternalReference: lenient(z.string()),
  DocumentValue: lenient(z.number()),
};

/** The answer to creating a document. */
export const CREATED = z.object({ DocumentID: id });

/** One page of a list of documents. */
export const LISTED = z.object({
  Documents: z.array(z.object({ DocumentID: id, ...summary })).nullish(),
  HasNextPage: z.boolean(),
});
export type WireList = z.infer<typeof LISTED>;

/** A single document with its lines and its allocation number. */
export const DETAILS = z.object({
  DocumentID: id,
  DocumentNumber: lenient(number),
  DocumentDownloadURL: lenient(z.string()),
  Document: z.object({ ...summary, AssignmentNumber: lenient(number) }),
  Items: lenient(z.array(z.object({ VAT: lenient(z.number()), DocumentCurrency_VAT: lenient(z.number()) }))),
});
export type WireDetails = z.infer<typeof DETAILS>;

/** The company's details, of which no field is read: any answer shows that the keys are right. */
export const COMPANY = z.object({});

const STATUS_NAMES = ['Success', 'BusinessError', 'TechnicalError'] as const;
const ENVELOPE = z.object({ Status: valueOf(STATUS_NAMES), Data: z.unknown() });

/** `vendorCode` of a refusal. SUMIT has no code, only a sentence for people. */
export const BUSINESS_ERROR = 'BusinessError';

/**
 * The data of an answer, if it has the documented shape. Business errors come with HTTP 200.
 * @throws ProviderError `rate_limited`, `provider_unavailable`, `credentials_invalid`, `rejected`, `bad_answer`
 */
export function readAnswer<T>(answer: HttpResponse, shape: ZodType<T>): T {
  throwStatus(answer);
  const envelope = ENVELOPE.safeParse(readJson(answer.text));
  if (!envelope.success) throw toError('bad_answer', 'an answer that is not documented', answer.status);
  const { Status: status, Data: body } = envelope.data;
  if (status === 1) throw toError('rejected', 'the request is not accepted', BUSINESS_ERROR);
  if (status === 2) throw toError('provider_unavailable', 'the service is in trouble', 'TechnicalError');
  const read = shape.safeParse(body);
  if (status === 0 && read.success) return read.data;
  throw toError('bad_answer', 'an answer without readable data', status);
}

function throwStatus({ status, headers }: HttpResponse): void {
  if (status === 429) {
    const retryAfterMs = readRetryAfter(headers['retry-after']);
    throw new ProviderError('rate_limited', 'SUMIT says that we send too many requests', { retryAfterMs });
  }
  if (status >= 500) throw toError('provider_unavailable', 'the service is in trouble', status);
  if (status === 401 || status === 403)
    throw toError('credentials_invalid', 'the API key is not accepted', status);
  if (status >= 400) throw toError('rejected', 'the request is not accepted', status);
  if (status >= 300) throw toError('bad_answer', 'an answer that is not documented', status);
}

/** Undefined when the text is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toError(code: ProviderErrorCode, sentence: string, vendorCode: number | string): ProviderError {
  const text = String(vendorCode);
  return new ProviderError(code, `SUMIT: ${sentence} (${text})`, { vendorCode: text });
}
