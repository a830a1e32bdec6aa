import { ProviderError } from '../../../domain/provider-error.ts';
import { readRetryAfter } from '../../../domain/retry-after.ts';
import type { Http, HttpResponse } from '../../../http.ts';
import type { Stamp } from '../cms.ts';
import { MOST_TOKEN_BYTES, readStampReply } from './reply.ts';
import { toStampRequest } from './request.ts';
import { wrongAnswer } from './wrong-answer.ts';

/** A time-stamp authority (RFC 3161): it signs that something was there at a time. */
export interface TimeStampAuthority {
  /** No token is larger. */
  readonly mostBytes: number;
  /**
   * The checked time-stamp token of a signature's value (DER). Asking again makes another stamp and harms nothing.
   * @throws ProviderError
   */
  readonly stamp: Stamp;
}

/** Where an operator's authority is, and how it is asked. */
export interface TimeStampSettings {
  readonly url: string;
  /** The policy that every stamp must have, in dots; null: the authority's own. */
  readonly policy: string | null;
  /** "user:password" for HTTP Basic. */
  readonly credentials: string | null;
}

/** Beside its token an answer has a few bytes of status. */
const MOST_ANSWER_BYTES = MOST_TOKEN_BYTES + 512;

/** Asks over HTTP. Source: RFC 3161, section 3.4. */
export function createTimeStampAuthority(
  http: Http,
  { url, policy, credentials }: TimeStampSettings,
  now: () => Date = () => new Date(),
): TimeStampAuthority {
  const basic = credentials === null ? null : Buffer.from(credentials).toString('base64');
  return {
    mostBytes: MOST_TOKEN_BYTES,
    async stamp(signature) {
      const request = toStampRequest(signature, policy);
      const answer = await http.send({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/timestamp-query',
          accept: 'application/timestamp-reply',
          ...(basic === null ? {} : { authorization: `Basic ${basic}` }),
        },
        body: request.bytes.toString('latin1'),
        isBinary: true,
        keepBytes: MOST_ANSWER_BYTES + 1,
      });
      refuseAnswer(answer);
      return readStampReply(Buffer.from(answer.text, 'latin1'), request, now());
    },
  };
}

/** @throws ProviderError where the answer can hold no stamp */
function refuseAnswer({ status, text, headers }: HttpResponse): void {
  const vendorCode = String(status);
  if (status === 401 || status === 403)
    throw new ProviderError(
      'credentials_invalid',
      `the time-stamp authority does not take our credentials (${status}): see SIGNING_TSA_CREDENTIALS`,
      { vendorCode },
    );
  if (status === 429)
    throw new ProviderError('rate_limited', 'the time-stamp authority had too many requests', {
      vendorCode,
      retryAfterMs: readRetryAfter(headers['retry-after']),
    });
  if (status !== 200)
    throw new ProviderError('provider_unavailable', `the time-stamp authority answered ${status}`, {
      vendorCode,
    });
  if (text.length > MOST_ANSWER_BYTES) throw wrongAnswer(`is larger than ${MOST_ANSWER_BYTES} bytes`);
}
