import type { HttpRequest, HttpResponse } from '../../../src/http.ts';
import type { Trouble } from './network.ts';

/**
 * What is wrong with a vendor, or with the way to it, until a moment. `refused_keys`: it does not accept ours. `declined`: it
 * calls a charge declined that went through. `unknown_word`: it says of a charge a word that nobody knows.
 */
export interface Spell {
  readonly vendor: string;
  readonly how: Trouble | 'refused_keys' | 'declined' | 'unknown_word';
  /** Epoch milliseconds. */
  readonly until: number;
  /** Which calls, by method and address; null: all. */
  readonly only: RegExp | null;
}

/** Calls that ask what moved. */
export const READS =
  /^GET .*\/stripe\/|PaymentPages\/ipn|Transactions\/View|getPaymentProcessInfo|getTransactionInfo/;
/** Orders to give money back. */
export const REFUNDS = /RefundByTransactionUID|refundTransaction|^POST .*\/v1\/refunds$/;

/** The sandbox refuses a key named `invalid`, in headers and forms, as the vendor would. */
export function spoilCall({ how }: Spell, call: HttpRequest): HttpRequest {
  if (how !== 'refused_keys') return call;
  const spoil = (text: string): string =>
    text
      .replace(/\b(?:key|user|page|secret)-(\d+)/g, 'invalid-$1')
      .replace(/\bsk_test_\d+/g, 'sk_test_invalid');
  const headers = Object.entries(call.headers ?? {}).map(([name, value]) => [name, spoil(value)] as const);
  return {
    ...call,
    headers: Object.fromEntries(headers),
    ...(call.body === undefined ? {} : { body: spoil(call.body) }),
  };
}

type Words = readonly (readonly [said: RegExp, instead: string])[];

const DECLINED: Readonly<Record<string, Words>> = {
  payplus: [
    [/"status_code":"000"/g, '"status_code":"004"'],
    [/"status":"approved"/g, '"status":"rejected"'],
  ],
  grow: [[/"statusCode":("?)2\1(?!\d)/g, '"statusCode":$19$1']],
  stripe: [[/"status":"succeeded"/g, '"status":"failed"']],
};
const UNKNOWN: Readonly<Record<string, Words>> = {
  payplus: [[/("(?:transaction_)?type"):"Charge"/g, '$1:"Pledge"']],
  grow: [[/"statusCode":("?)2\1(?!\d)/g, '"statusCode":$177$1']],
  stripe: [[/"status":"succeeded"/g, '"status":"promised"']],
};

/** Of money that went back as well every word stays as it is: which charge it is about no reader could tell any more. */
export function spoilAnswer(
  { how, vendor }: Spell,
  { url }: HttpRequest,
  answer: HttpResponse,
): HttpResponse {
  const words = how === 'declined' ? DECLINED[vendor] : how === 'unknown_word' ? UNKNOWN[vendor] : undefined;
  const isAboutCharges = vendor === 'stripe' ? url.includes('/v1/charges') : !/refund/i.test(answer.text);
  if (words === undefined || !isAboutCharges) return answer;
  return {
    ...answer,
    text: words.reduce((text, [said, instead]) => text.replace(said, instead), answer.text),
  };
}
