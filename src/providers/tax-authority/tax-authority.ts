import type { Mode } from '../../domain/workspace.ts';
import type { Http } from '../../http.ts';
import { readDecision, toApprovalBody } from './approval.ts';
import type { AllocationOrder, ApprovalVersion, Decision } from './approval.ts';
import { fetchTokens, toAuthorizeUrl } from './tokens.ts';
import type { ClientKey, Tokens } from './tokens.ts';

/** The Israel Tax Authority's service of allocation numbers ("חשבוניות ישראל"). All calls throw ProviderError. */
export interface TaxAuthority {
  /** Where the person who connects a business allows it; they come back to `redirectUri` with a code. */
  authorizeUrl(mode: Mode, back: { redirectUri: string; state: string }): string;
  /** The tokens for such a code. */
  exchange(mode: Mode, code: string, redirectUri: string): Promise<Tokens>;
  /** New tokens. The refresh token is used up by it. */
  renew(mode: Mode, refreshToken: string): Promise<Tokens>;
  /** Asks for the number of one invoice. A repeat has the same id, so it is one invoice there. */
  approve(mode: Mode, accessToken: string, order: AllocationOrder): Promise<Decision>;
}

/** The addresses of one mode. */
export interface Hosts {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** With a slash at the end. */
  readonly apiUrl: string;
}

/** The two descriptions differ, so an operator may set others. Source: docs/reference/israel-tax.md, "The authority's API". */
export const HOSTS: Readonly<Record<Mode, Hosts>> = {
  test: {
    authorizeUrl: 'https://openapi.taxes.gov.il/shaam/tsandbox/longtimetoken/oauth2/authorize',
    tokenUrl: 'https://openapi.taxes.gov.il/shaam/tsandbox/longtimetoken/oauth2/token',
    apiUrl: 'https://ita-api.taxes.gov.il/shaam/tsandbox/',
  },
  live: {
    authorizeUrl: 'https://openapi.taxes.gov.il/shaam/production/longtimetoken/oauth2/authorize',
    tokenUrl: 'https://openapi.taxes.gov.il/shaam/production/longtimetoken/oauth2/token',
    apiUrl: 'https://ita-api.taxes.gov.il/shaam/production/',
  },
};

/** What calls to the authority need, for all workspaces. */
export interface TaxAuthoritySettings {
  readonly key: ClientKey;
  readonly version: ApprovalVersion;
  readonly hosts: Readonly<Record<Mode, Hosts>>;
  /** Registration number of this program; null before there is one. */
  readonly softwareNumber: string | null;
}

/** Stands in v1 for a registration number that is not there; v2 takes the issuer's own number. */
const NO_SOFTWARE_NUMBER = '99999999';

/** Makes the client of the authority, for test and live. It keeps no tokens: each call is given its own. */
export function createTaxAuthority(
  http: Http,
  { key, version, hosts, softwareNumber }: TaxAuthoritySettings,
): TaxAuthority {
  const softwareOf = ({ issuerTaxId }: AllocationOrder): string =>
    softwareNumber ?? (version === 'v1' ? NO_SOFTWARE_NUMBER : issuerTaxId);
  return {
    authorizeUrl: (mode, back) => toAuthorizeUrl(hosts[mode].authorizeUrl, { clientId: key.id, ...back }),
    exchange: (mode, code, redirectUri) =>
      fetchTokens(http, hosts[mode].tokenUrl, key, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        scope: 'scope',
      }),
    renew: (mode, refreshToken) =>
      fetchTokens(http, hosts[mode].tokenUrl, key, {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        scope: 'scope',
      }),
    async approve(mode, accessToken, order) {
      const answer = await http.send({
        method: 'POST',
        url: `${hosts[mode].apiUrl}Invoices/${version}/Approval`,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          authorization: `Bearer ${accessToken}`,
          // Whether it is needed is not known; it harms nothing.
          'x-ibm-client-id': key.id,
        },
        body: JSON.stringify(toApprovalBody(order, version, softwareOf(order))),
      });
      return readDecision(answer);
    },
  };
}
