import { ProviderError } from '../../../domain/provider-error.ts';
import { readRetryAfter } from '../../../domain/retry-after.ts';
import type { ProviderErrorCode } from '../../../domain/provider-error.ts';
import type { Http, HttpResponse } from '../../../http.ts';
import type { InvoiceService, PushOrder, ServiceDocument } from '../invoice-service.ts';
import type { CustomCredentials } from './credentials.ts';
import { toMessage, toServiceDocument } from './map.ts';
import { signedHeaders } from './signature.ts';

/**
 * Posts documents to a customer's address. There is nothing to look up: the receiver recognises a repeat by
 * `webhook-id`.
 */
export function createCustomService(http: Http, { url, secret }: CustomCredentials): InvoiceService {
  return {
    async createDocument(order: PushOrder): Promise<ServiceDocument> {
      const body = JSON.stringify(toMessage(order));
      const answer = await http.send({
        method: 'POST',
        url,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json; charset=utf-8',
          ...signedHeaders(secret, { id: order.id, body, at: new Date() }),
        },
        body,
      });
      throwRefusal(answer);
      return toServiceDocument(answer, order);
    },
    // Every message to the address is a document, so none is sent as a test. The form of the address was checked when
    // it was entered.
    checkCredentials: () => Promise.resolve(),
  };
}

/** HTTP statuses by who must act: the receiver, a person, or nobody, because it passes with time. */
const MEANINGS: Readonly<Record<number, readonly [ProviderErrorCode, string]>> = {
  401: ['credentials_invalid', 'does not accept the signature: compare the secret here and there'],
  403: ['credentials_invalid', 'does not accept the signature: compare the secret here and there'],
  408: ['provider_unavailable', 'did not get the document in time'],
  410: ['rejected', 'no longer takes documents: enter another address'],
  425: ['provider_unavailable', 'is not ready yet'],
  429: ['rate_limited', 'asks for fewer documents'],
};

function throwRefusal({ status, headers }: HttpResponse): void {
  if (status >= 200 && status < 300) return;
  const [code, sentence] = MEANINGS[status] ?? toMeaning(status);
  throw new ProviderError(code, `the address that takes the documents ${sentence} (${status})`, {
    vendorCode: String(status),
    retryAfterMs: code === 'rejected' ? null : readRetryAfter(headers['retry-after']),
  });
}

function toMeaning(status: number): readonly [ProviderErrorCode, string] {
  if (status >= 500) return ['provider_unavailable', 'is in trouble'];
  if (status >= 400) return ['rejected', 'does not accept the document'];
  return ['rejected', 'this address redirects to another one: enter that other address'];
}
