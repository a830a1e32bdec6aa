import { z } from 'zod';
import { ProviderError } from '../../domain/provider-error.ts';
import type { Http, HttpResponse } from '../../http.ts';

/** What a business allowed us. The refresh token is good once: each use gives another. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** How long each is good. */
  readonly accessSeconds: number;
  readonly refreshSeconds: number;
}

/** Which program asks. The secret is the operator's, from the authority's portal. */
export interface ClientKey {
  readonly id: string;
  readonly secret: string;
}

/** Source: docs/reference/israel-tax.md, "The authority's API": 601 seconds, 90 days. */
const USUAL = { accessSeconds: 601, refreshSeconds: 7_776_000 };

const TOKENS = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().int().positive().catch(USUAL.accessSeconds),
  refresh_token_expires_in: z.coerce.number().int().positive().catch(USUAL.refreshSeconds),
});

/** Where the person who connects a business is sent. */
export function toAuthorizeUrl(
  authorizeUrl: string,
  { clientId, redirectUri, state }: { clientId: string; redirectUri: string; state: string },
): string {
  const url = new URL(authorizeUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'scope',
    state,
  }).toString();
  return url.toString();
}

/**
 * A call of the token address: a form body, and the program's key by HTTP Basic.
 * @throws ProviderError `credentials_invalid` where the code or refresh token is used up or the program is not known
 */
export async function fetchTokens(
  http: Http,
  tokenUrl: string,
  key: ClientKey,
  form: Readonly<Record<string, string>>,
): Promise<Tokens> {
  const answer = await http.send({
    method: 'POST',
    url: tokenUrl,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`,
    },
    body: new URLSearchParams(form).toString(),
  });
  return readTokens(answer);
}

function readTokens({ status, text }: HttpResponse): Tokens {
  const vendorCode = String(status);
  if (status === 429)
    throw new ProviderError('rate_limited', 'tax authority: too many requests', { vendorCode });
  if (status >= 500)
    throw new ProviderError('provider_unavailable', `tax authority: no token now (${status})`, {
      vendorCode,
    });
  if (status >= 400)
    throw new ProviderError(
      'credentials_invalid',
      `tax authority: the connection is not accepted (${status})`,
      {
        vendorCode,
      },
    );
  const read = TOKENS.safeParse(readJson(text));
  if (!read.success)
    throw new ProviderError('bad_answer', 'tax authority: an answer without tokens', { vendorCode });
  const { access_token, refresh_token, expires_in, refresh_token_expires_in } = read.data;
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    accessSeconds: expires_in,
    refreshSeconds: refresh_token_expires_in,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
