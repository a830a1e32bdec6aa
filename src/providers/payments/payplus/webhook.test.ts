import { readFileSync } from 'node:fs';
import { describe, expect, it } from '#jest';
import { readCallback, sign } from './webhook.ts';

const SECRET = 'example-secret';
const CHARGE = readFileSync(new URL('fixtures/callback-charge.json', import.meta.url), 'utf8');
const DECLINED = readFileSync(new URL('fixtures/callback-declined.json', import.meta.url), 'utf8');

function readSigned(body: string, { signedAs = body, secret = SECRET, secrets = [SECRET] } = {}) {
  const hash = sign(Buffer.from(signedAs), secret);
  return read(body, { hash }, secrets);
}

function read(body: string, headers: Record<string, string>, secrets = [SECRET]) {
  return readCallback({ body: Buffer.from(body), headers, query: {}, receivedAt: new Date() }, secrets);
}

const withTransaction = (change: object, type = 'Charge') => {
  const callback = JSON.parse(CHARGE) as { transaction: object };
  return JSON.stringify({
    ...callback,
    transaction_type: type,
    transaction: { ...callback.transaction, ...change },
  });
};

describe('the signature', () => {
  it('agrees with the vector of the reference', () => {
    const body = Buffer.from('{"a":"שלום","uid_emv":26010510111200023000}');
    expect(sign(body, 'secret')).toBe('mDYVlaCaGelkS4/Hy1Xp+cEJuaKJLyK1SVBTdDf2KdM=');
  });

  it('holds over the raw bytes, spaces and all', () => {
    expect(CHARGE).not.toBe(JSON.stringify(JSON.parse(CHARGE)));
    expect(readSigned(CHARGE).verdict).toBe('accepted');
  });

  it('holds over the body as JavaScript writes it again', () => {
    expect(readSigned(CHARGE, { signedAs: JSON.stringify(JSON.parse(CHARGE)) }).verdict).toBe('accepted');
  });

  it('holds with the secret before a rotation, while that one is given', () => {
    expect(readSigned(CHARGE, { secret: 'older', secrets: [SECRET, 'older'] }).verdict).toBe('accepted');
    expect(readSigned(CHARGE, { secret: 'older' }).verdict).toBe('bad_signature');
  });

  it('does not hold over a changed body', () => {
    expect(readSigned(CHARGE.replace('129.9', '129.8'), { signedAs: CHARGE }).verdict).toBe('bad_signature');
  });

  it.each([
    ['none', {}],
    ['an empty one', { hash: '' }],
    ['one of another length', { hash: 'AAAA' }],
    ['one as long as a true one', { hash: `${'A'.repeat(43)}=` }],
    ['a true one under another name', { 'x-payplus-signature': sign(Buffer.from(CHARGE), SECRET) }],
  ])('is refused when it is %s', (_what, headers) => {
    expect(read(CHARGE, headers).verdict).toBe('bad_signature');
  });
});

describe('a callback', () => {
  const paid = {
    verdict: 'accepted',
    eventId: '7d1e0000-0000-4000-8000-0000000000b1:Charge:000',
    kind: 'charge',
    paymentId: 'pay_01kb2m7c0000000000000000aa',
    pageSecret: null,
    pageId: 'f0a1b2c3-0000-4000-8000-0000000000aa',
    transactionId: '7d1e0000-0000-4000-8000-0000000000b1',
  };

  it('names the payment, the page and the transaction', () => {
    expect(readSigned(CHARGE)).toEqual(paid);
  });

  it('is the same event when it comes twice, however it is spaced', () => {
    expect(readSigned(JSON.stringify(JSON.parse(CHARGE)))).toEqual(paid);
  });

  it('of a refused card is a decline, and another event than its success', () => {
    const reading = readSigned(DECLINED);
    expect(reading).toMatchObject({ kind: 'decline', pageId: paid.pageId });
    expect(reading).not.toHaveProperty('eventId', paid.eventId);
  });

  it.each([
    ['Refund', 'refund'],
    ['Approval', 'other'],
    ['Check', 'other'],
    ['Something', 'other'],
  ])('of type %s is of kind %s', (type, kind) => {
    expect(readSigned(withTransaction({}, type))).toMatchObject({ verdict: 'accepted', kind });
  });

  it('without a code is never taken for a charge', () => {
    expect(readSigned(withTransaction({ status_code: null }))).toMatchObject({ kind: 'other' });
  });

  it('is found by its page when its reference is not an id of ours', () => {
    expect(readSigned(withTransaction({ more_info: 'Order 7' }))).toMatchObject({
      paymentId: null,
      pageId: paid.pageId,
    });
  });

  it('that names no payment is kept for a person', () => {
    expect(readSigned(withTransaction({ more_info: null, payment_page_request_uid: null }))).toMatchObject({
      verdict: 'quarantined',
      eventId: paid.eventId,
    });
  });

  it.each([
    ['half a JSON', CHARGE.slice(0, 80)],
    ['no JSON', '<html></html>'],
    ['empty', ''],
    ['of another shape', '{"event":"ping"}'],
    ['a bare null', 'null'],
  ])('that is signed and %s is kept for a person', (_what, body) => {
    expect(readSigned(body)).toMatchObject({ verdict: 'quarantined', eventId: null });
  });

  it('without a transaction id is still one event when it comes twice', () => {
    const body = withTransaction({ uid: null });
    expect(readSigned(body)).toEqual(readSigned(body));
    expect(readSigned(body)).not.toEqual(readSigned(`${body} `));
  });
});
