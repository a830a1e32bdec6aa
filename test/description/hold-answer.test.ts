import { describe, expect, it } from '#jest';
import { ANSWER_EXAMPLES } from '../../src/api/description/example-answers.ts';
import { holdAnswer } from './hold-answer.ts';
import type { Answered } from './hold-answer.ts';

const PATH = '/v1/payments/pay_01kevr2a5h8d3w6m9q0t4x7z1b';

function payment(change: Partial<Answered> & { readonly type?: string; readonly more?: object }): Answered {
  const { type = 'application/json; charset=utf-8', more = {}, ...other } = change;
  const headers = new Headers({ 'content-type': type });
  return {
    method: 'GET',
    path: PATH,
    status: 200,
    headers,
    json: { ...ANSWER_EXAMPLES.Payment, ...more },
    ...other,
  };
}

describe('an answer is held to the description', () => {
  it('and passes where all of it is described', () => {
    expect(() => holdAnswer(payment({}))).not.toThrow();
    expect(() => holdAnswer(payment({ path: `${PATH}?x=1` }))).not.toThrow();
  });

  it.each<[string, Parameters<typeof payment>[0], RegExp]>([
    ['a status that is not described', { status: 418 }, /getPayment has no status 418/],
    ['a field that is not described', { more: { colour: 'red' } }, /additional properties/],
    ['a field that is missing', { more: { paid: undefined } }, /required property 'paid'/],
    ['a field of another type', { more: { amount: 3.5 } }, /amount must be integer/],
    [
      'a field deep inside',
      { more: { link: { url: 'x', providerUrl: 'y', expiresAt: null, qr: 1 } } },
      /additional/,
    ],
    [
      'a status of the payment that is not described',
      { more: { status: 'frozen' } },
      /status must be equal to one of/,
    ],
    ['another media type', { type: 'text/html' }, /media type is text\/html/],
    [
      'a 202 that does not say where to look',
      { status: 202, method: 'POST', path: `${PATH}/cancel` },
      /Retry-After, Location/,
    ],
    [
      'an error code that is not of this operation',
      { status: 404, type: 'application/problem+json' },
      /required property/,
    ],
  ])('and fails for %s', (_what, change, sentence) => {
    expect(() => holdAnswer(payment(change))).toThrow(sentence);
  });

  it('also where there is no operation', () => {
    const json = { ...ANSWER_EXAMPLES.Problem, status: 404, code: 'not_found', stack: 'at …' };
    expect(() => holdAnswer(payment({ path: '/v1/nothing', status: 404, json }))).toThrow(/additional/);
  });
});
