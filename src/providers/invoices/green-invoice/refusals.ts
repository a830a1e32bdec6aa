import type { ProviderErrorCode } from '../../../domain/provider-error.ts';

/** What an errorCode means for us, with a sentence for the person who must act. */
export interface Refusal {
  readonly code: ProviderErrorCode;
  readonly sentence: string;
}

/** Every call of the account fails until a person acts, so the account is at fault and not a document. */
const ACCOUNT = {
  1006: 'the subscription is missing or has expired: renew it at Green Invoice',
  1007: 'the API key has no permission for this: widen its rights or make another key',
  1012: 'the plan does not include the API: change to a plan that includes it',
  1015: 'the account has a debt at Green Invoice: settle it there',
  2014: 'the API key is not accepted: make a new one and enter it here',
  2700: 'the API key is not accepted: make a new one and enter it here',
  2701: 'the API key is not accepted: make a new one and enter it here',
} as const;

const DOCUMENT = {
  1010: 'an identical request was made before',
  1110: 'a price is not accepted',
  1111: 'the tax id of the customer is not accepted',
  1112: 'the monthly quota of documents is used up',
  1113: 'the document has no payment rows',
  2403: 'this business may not issue this type of document: compare the dealer type here and at Green Invoice',
  2404: 'the kind of link to another document is not accepted',
  2405: 'the date lies in the future or is too early for this type',
  2409: 'the VAT type or rate is not accepted',
  2410: 'the customer is missing',
  2411: 'the customer is not accepted',
  2413: 'the document has no income rows',
  2415: 'a row has no description',
  2416: 'the totals are not accepted',
  2417: 'the totals are not accepted',
  2418: 'the totals are not accepted',
  2419: 'the payment is missing',
  2420: 'the discount is not accepted',
  2421: 'the type of payment is not accepted',
  2422: 'the payments do not add up to the total',
  2424: 'the deal type of a payment is not accepted',
  2425: 'the number of instalments must be 1 to 36',
  2426: 'the date of a payment is not accepted',
  2427: 'a document without signature cannot be mailed',
  2428: 'a payment other than tax withheld at source is needed',
  2429: 'the linked document was not found',
  2431: 'the document has more than 200 rows',
} as const;

/**
 * The documented errorCodes.
 * Source: docs/reference/green-invoice.md, "Limits and error codes". Undefined for any other.
 */
export function refusalOf(errorCode: number): Refusal | undefined {
  if (isKeyOf(ACCOUNT, errorCode)) return { code: 'credentials_invalid', sentence: ACCOUNT[errorCode] };
  return isKeyOf(DOCUMENT, errorCode) ? { code: 'rejected', sentence: DOCUMENT[errorCode] } : undefined;
}

/**
 * Errors of the token call that a person can fix. All others are faults of our request.
 * Source: docs/reference/green-invoice.md, "Tokens".
 */
export const OAUTH_REFUSALS: Readonly<Record<string, string>> = {
  invalid_client: 'the API key is not accepted: check its id and secret',
  invalid_grant: 'the API key has expired, was revoked or is not active yet: make a new one',
  unauthorized_client: 'the account has no subscription or no right to use the API',
};

function isKeyOf<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
  return Object.hasOwn(table, key);
}
