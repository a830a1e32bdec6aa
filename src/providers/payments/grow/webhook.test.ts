import { describe, expect, it } from '#jest';
import { readCallback } from './webhook.ts';

const OURS = 'pay_01kb2m7c0000000000000000aa';
const FIELDS = {
  'data[statusCode]': ' 2',
  'data[transactionId]': '800000001',
  'data[processId]': '900001',
  'data[processToken]': 'token-1',
  'data[customFields][cField1]': OURS,
};
const READING = {
  verdict: 'accepted',
  eventId: '800000001:2',
  kind: 'charge',
  paymentId: OURS,
  pageId: '900001',
  pageSecret: 'token-1',
  transactionId: '800000001',
};

const read = (body: string, type = 'application/x-www-form-urlencoded') =>
  readCallback({
    body: Buffer.from(body),
    headers: { 'content-type': type },
    query: {},
    receivedAt: new Date(0),
  });
const encode = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

describe('a callback of Grow', () => {
  it('is read urlencoded, and hands on the token in place of a signature', () => {
    expect(read(encode(FIELDS))).toEqual(READING);
  });

  it('is read as multipart', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(FIELDS)) form.append(name, value);
    const encoded = new Response(form);
    expect(read(await encoded.text(), encoded.headers.get('content-type') ?? '')).toEqual(READING);
  });

  it('is read with flat keys and as JSON', () => {
    const flat = {
      statusCode: '2',
      transactionId: '800000001',
      processId: '900001',
      processToken: 'token-1',
    };
    expect(read(encode({ ...flat, cField1: OURS }))).toEqual(READING);
    const json = JSON.stringify({ data: { ...flat, customFields: { cField1: OURS } } });
    expect(read(json, 'application/json')).toEqual(READING);
  });

  it('is not believed without a token and is kept aside without a process', () => {
    expect(read(encode({ ...FIELDS, 'data[processToken]': '' })).verdict).toBe('bad_signature');
    expect(read('err=&status=1&da').verdict).toBe('quarantined');
  });

  it('that is nested without end is kept aside', () => {
    const deep = '{"data":'.repeat(50_000) + '1' + '}'.repeat(50_000);
    expect(read(deep, 'application/json').verdict).toBe('quarantined');
  });

  it.each([
    ['9', 'decline'],
    ['6', 'refund'],
    ['77', 'other'],
  ])('with status %s is a %s', (statusCode, kind) => {
    expect(read(encode({ ...FIELDS, 'data[statusCode]': statusCode }))).toMatchObject({ kind });
  });
});
