import { z } from 'zod';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { HttpResponse } from '../../../http.ts';
import type { PushOrder, ServiceDocument } from '../invoice-service.ts';

/** The posted document: names as in our own API, amounts in minor units, positive for credits too. */
export function toMessage(order: PushOrder): object {
  const { split, customer, credits } = order;
  return {
    type: order.documentType,
    id: order.id,
    number: order.number,
    displayNumber: order.displayNumber,
    fiscalYear: order.fiscalYear,
    paymentId: credits === null ? order.key : credits.key,
    refundId: credits === null ? null : order.key,
    documentDate: order.documentDate,
    currency: order.currency,
    net: split.net,
    vat: split.vat,
    total: split.total,
    vatRateBp: split.rateBp,
    vatTreatment: order.vatTreatment,
    locale: order.locale,
    description: order.description,
    lines: order.lines,
    pricesIncludeVat: order.pricesIncludeVat,
    vatReason: order.vatReason,
    refundReason: order.refundReason,
    customer: { name: customer.name, taxId: customer.taxId, address: customer.address },
    means: order.means,
    credits: credits === null ? null : toCredits(credits),
  };
}

function toCredits({ id, type, displayNumber, documentDate, external }: NonNullable<PushOrder['credits']>) {
  return { id, type, displayNumber, documentDate, external };
}

const optional = z
  .union([z.string().min(1).max(200), z.number().int().transform(String)])
  .nullish()
  .catch(null);
const link = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .nullish()
  .catch(null);
/**
 * A document number: it goes into an event, which holds no name and no address of a person. Letters, digits and the
 * usual separators, at least one digit.
 */
const NUMBER = /^(?=.*\d)[\p{L}\d./_#-]{1,40}$/u;

/** Every field is optional. `error` is for receivers that report trouble with a 200. */
const ANSWER = z.object({ id: optional, number: optional, url: link, error: z.unknown().optional() });

/**
 * Reads a 2xx: the document was taken. A receiver with ids of its own may return them; else ours are used.
 * @throws ProviderError `bad_answer` for HTML, half a JSON, or a reported error. Then the document is sent again under
 * the same id. `rejected` for a number that is none, because it would be the same at every try
 */
export function toServiceDocument(answer: HttpResponse, order: PushOrder): ServiceDocument {
  const said = readBody(answer);
  return {
    id: said.id ?? order.id,
    number: readNumber(said.number) ?? order.displayNumber,
    url: said.url ?? null,
    allocationNumber: null,
    total: null,
    vat: null,
  };
}

function readNumber(number: string | null | undefined): string | null {
  if (number === undefined || number === null) return null;
  if (NUMBER.test(number)) return number;
  throw new ProviderError(
    'rejected',
    'the address that takes the documents answered with a number that is no document number: it must answer with 1 to 40 letters, digits and . / _ # -, at least one digit, or with no number',
  );
}

function readBody({ text, headers }: HttpResponse): Partial<z.infer<typeof ANSWER>> {
  const kind = headers['content-type'] ?? '';
  if (/\bhtml\b/i.test(kind)) throw unreadable('a web page');
  if (text.trim() === '' || !/\bjson\b/i.test(kind)) return {};
  const read = ANSWER.safeParse(parse(text));
  if (!read.success) return {};
  if (read.data.error) throw unreadable('an error inside a successful answer');
  return read.data;
}

/** Values other than objects are accepted: only a broken answer is in doubt. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable('half a JSON');
  }
}

const unreadable = (what: string): ProviderError =>
  new ProviderError('bad_answer', `the address that takes the documents answered with ${what}`);
