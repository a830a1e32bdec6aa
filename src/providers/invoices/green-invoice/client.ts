import { z } from 'zod';
import type { ZodType } from 'zod';
import type { Mode } from '../../../domain/workspace.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../http.ts';
import { createPace, SYSTEM_CLOCK, UNPACED } from './pace.ts';
import type { Clock } from './pace.ts';
import { createTokens } from './tokens.ts';
import type { Token } from './tokens.ts';
import { CREATED, DOCUMENT, LINKS, readAnswer, SEARCH_PAGE, TOKEN } from './wire.ts';
import type { GreenInvoiceCredentials } from './credentials.ts';
import type { DocumentBody, Links, SearchBody, SearchPage, WireDocument } from './wire.ts';

/** The service's calls that we use. All throw ProviderError. */
export interface Client {
  /**
   * @param patienceMs longest wait for its turn; beyond it `rate_limited`, and nothing was sent
   */
  search(body: SearchBody, patienceMs?: number): Promise<SearchPage>;
  create(body: DocumentBody): Promise<{ id: string }>;
  read(id: string): Promise<WireDocument>;
  readLinks(id: string): Promise<Links>;
  /** Gets a new token and reads the business of the account with it. */
  checkAccess(): Promise<void>;
}

/** What a client of one account needs. */
export interface ClientDeps {
  readonly http: Http;
  readonly key: GreenInvoiceCredentials;
  readonly mode: Mode;
  /** The address of a simulator for all hosts; null for the service's own hosts. */
  readonly baseUrl: string | null;
  readonly clock?: Clock;
}

interface Hosts {
  readonly api: string;
  readonly oauth: string;
}

/** Source: docs/reference/green-invoice.md, "Hosts". */
const HOSTS: Readonly<Record<Mode, Hosts>> = {
  live: {
    api: 'https://api.greeninvoice.co.il/api/v1',
    oauth: 'https://api.morning.co/idp/v1/oauth/token',
  },
  test: {
    api: 'https://sandbox.d.greeninvoice.co.il/api/v1',
    oauth: 'https://api.sandbox.morning.dev/idp/v1/oauth/token',
  },
};

/** A call below the API's address. */
interface Call<T> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly shape: ZodType<T>;
  readonly patienceMs?: number | undefined;
}

/** Client of one account. It holds the token and the pace, so keep one as long as the key lives. */
export function createClient({ http, key, mode, baseUrl, clock = SYSTEM_CLOCK }: ClientDeps): Client {
  const hosts = hostsOf(mode, baseUrl);
  // The rate limit belongs to the vendor's hosts; a sandbox or proxy at `baseUrl` has its own.
  const pace = baseUrl === null ? createPace(clock) : UNPACED;
  const tokens = createTokens(
    () => fetchToken(http, hosts, key),
    () => clock.now(),
  );

  async function send<T>(call: Call<T>): Promise<T> {
    await pace.takeTurn(call.patienceMs);
    const token = await tokens.current();
    const answer = await sendAs(token, call);
    if (answer.status !== 401) return readAnswer(answer, call.shape);
    await pace.takeTurn();
    return readAnswer(await sendAs(await tokens.replace(token), call), call.shape);
  }

  function sendAs(token: string, { method, path, body }: Call<unknown>): Promise<HttpResponse> {
    const authorization = `Bearer ${token}`;
    if (!body) return http.send({ method, url: hosts.api + path, headers: { ...ACCEPT, authorization } });
    return http.send(withJson({ method, url: hosts.api + path, headers: { authorization } }, body));
  }

  const at = (id: string) => `/documents/${encodeURIComponent(id)}`;
  return {
    search: (body, patienceMs) =>
      send({ method: 'POST', path: '/documents/search', body, shape: SEARCH_PAGE, patienceMs }),
    create: (body) => send({ method: 'POST', path: '/documents', body, shape: CREATED }),
    read: (id) => send({ method: 'GET', path: at(id), shape: DOCUMENT }),
    readLinks: (id) => send({ method: 'GET', path: `${at(id)}/download/links`, shape: LINKS }),
    async checkAccess() {
      await tokens.renew();
      await send({ method: 'GET', path: '/businesses/me', shape: z.object({}) });
    },
  };
}

function hostsOf(mode: Mode, baseUrl: string | null): Hosts {
  if (baseUrl === null) return HOSTS[mode];
  const api = baseUrl.replace(/\/+$/, '');
  return { api, oauth: `${api}/idp/v1/oauth/token` };
}

/**
 * OAuth first; where that address is not there (404), the older one.
 * Source: docs/reference/green-invoice.md, "Tokens".
 */
async function fetchToken(http: Http, hosts: Hosts, key: GreenInvoiceCredentials): Promise<Token> {
  const oauth = {
    grant_type: 'client_credentials',
    client_id: key.apiKeyId,
    client_secret: key.apiKeySecret,
  };
  const answer = await http.send(withJson({ method: 'POST', url: hosts.oauth }, oauth));
  if (answer.status !== 404) return readAnswer(answer, TOKEN);
  const legacy = { id: key.apiKeyId, secret: key.apiKeySecret };
  return readAnswer(
    await http.send(withJson({ method: 'POST', url: `${hosts.api}/account/token` }, legacy)),
    TOKEN,
  );
}

const ACCEPT = { accept: 'application/json' };

function withJson(call: HttpRequest, body: object): HttpRequest {
  return {
    ...call,
    headers: { ...ACCEPT, 'content-type': 'application/json', ...call.headers },
    body: JSON.stringify(body),
  };
}
