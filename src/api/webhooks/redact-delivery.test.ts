import { describe, expect, it } from '#jest';
import { redactBody, redactHeaders } from './redact-delivery.ts';

const json = (fields: object): Buffer => Buffer.from(JSON.stringify(fields));

describe('what people see of a webhook', () => {
  it('is the name of every header and the value of no signature', () => {
    expect(redactHeaders({ 'content-type': 'application/json', hash: 'c2VjcmV0', cookie: 'a=b' })).toEqual({
      'content-type': 'application/json',
      hash: '[redacted]',
      cookie: '[redacted]',
    });
  });

  it('is ids, codes, sums and times, at any depth', () => {
    const fields = {
      transaction: {
        uid: 'b7c1-22',
        amount: 350.5,
        currency: 'ILS',
        date: '2026-01-05 10:11:12',
        status_code: '000',
      },
      rows: [{ id: 'evt_1', livemode: false, refund: null, note: '' }],
    };
    expect(redactBody(json(fields), 'application/json')).toEqual(fields);
  });

  it.each([
    ['a name', { customer_name: 'Dana' }],
    ['a Hebrew word anywhere', { more_info_1: 'דנה' }],
    ['words anywhere', { more_info_1: 'Dana Levi' }],
    ['a mail address anywhere', { more_info_1: 'dana@example.com' }],
    ['a phone', { payerPhone: '0501234567' }],
    ['the digits of a card', { four_digits: '4580' }],
    ['a card number anywhere', { more_info_1: '4580458045804580', number: 4_580_458_045_804_580 }],
    ['the proof of a vendor without signatures', { processToken: 'abc' }],
  ])('is not %s', (_what, fields) => {
    const seen = redactBody(json(fields), 'application/json') as Record<string, unknown>;
    expect(new Set(Object.values(seen))).toEqual(new Set(['[redacted]']));
  });

  it('is the fields of a form', () => {
    const form = Buffer.from('data[processId]=17&data[fullName]=Dana+Levi');
    expect(redactBody(form, 'application/x-www-form-urlencoded; charset=utf-8')).toEqual({
      'data[processId]': '17',
      'data[fullName]': '[redacted]',
    });
  });

  it('is nothing of what cannot be read', () => {
    expect(redactBody(Buffer.from('{"name": "Da'), 'application/json')).toBeNull();
  });
});
