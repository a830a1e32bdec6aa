import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from '#jest';
import { UnverifiedEvent, verifyEvent } from 'tashlum/client';

const SECRET = `whsec_${Buffer.from('a secret of twenty-four!').toString('base64')}`;
const OTHER = `whsec_${Buffer.from('another of twenty-four!!').toString('base64')}`;
const BODY = JSON.stringify({
  id: 'evt_1',
  type: 'payment.completed',
  data: { paymentId: 'pay_1', amount: 35_000, description: 'פגישה' },
});

/** Headers as the official library makes them. */
function sign(body: string, secret = SECRET, at = new Date()) {
  return {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign('evt_1', at, body),
  };
}

describe('verifyEvent', () => {
  it('reads an event whose type tells its data', () => {
    const event = verifyEvent(BODY, sign(BODY), SECRET);
    if (event.type !== 'payment.completed') throw new Error(event.type);
    const amount: number = event.data.amount;
    expect(amount).toBe(35_000);
  });

  it.each([
    ['a Headers', new Headers(sign(BODY))],
    ["Node's own headers", { ...sign(BODY), 'set-cookie': ['a'], te: undefined }],
    [
      'other letter case',
      Object.fromEntries(Object.entries(sign(BODY)).map(([k, v]) => [k.toUpperCase(), v])),
    ],
  ])('takes headers as %s', (_form, headers) => {
    expect(verifyEvent(BODY, headers, SECRET).id).toBe('evt_1');
  });

  it.each([
    ['a Buffer', Buffer.from(BODY)],
    ['bytes', new TextEncoder().encode(BODY)],
  ])('takes a body as %s', (_form, body) => {
    expect(verifyEvent(body, sign(BODY), SECRET).id).toBe('evt_1');
  });

  it('says what to do where something parsed the body before', () => {
    const parsed = JSON.parse(BODY) as never;
    expect(() => verifyEvent(parsed, sign(BODY), SECRET)).toThrow('before app.use(express.json())');
    expect(() => verifyEvent(undefined as never, sign(BODY), SECRET)).toThrow(TypeError);
  });

  it('takes the old and the new secret amid a rotation, and an event signed with both', () => {
    expect(verifyEvent(BODY, sign(BODY, OTHER), [SECRET, OTHER]).id).toBe('evt_1');
    const both = sign(BODY);
    both['webhook-signature'] = `${sign(BODY, OTHER)['webhook-signature']} ${both['webhook-signature']}`;
    expect(verifyEvent(BODY, both, SECRET).id).toBe('evt_1');
  });

  const long = new Date(Date.now() - 6 * 60_000);
  const soon = new Date(Date.now() + 6 * 60_000);
  it.each([
    ['of another secret', BODY, sign(BODY, OTHER)],
    ['with another body', BODY.replace('35000', '1'), sign(BODY)],
    ['of another id', BODY, { ...sign(BODY), 'webhook-id': 'evt_2' }],
    ['of six minutes ago', BODY, sign(BODY, SECRET, long)],
    ['of six minutes ahead', BODY, sign(BODY, SECRET, soon)],
    ['without headers', BODY, {}],
    ['with a byte order mark before it', Buffer.from(`\uFEFF${BODY}`), sign(BODY)],
    ['that is not UTF-8', Buffer.from([0xff, 0xfe]), sign(BODY)],
    ['with an empty signature', BODY, { ...sign(BODY), 'webhook-signature': 'v1,' }],
  ])('refuses an event %s', (_what, body, headers) => {
    expect(() => verifyEvent(body, headers, SECRET)).toThrow(UnverifiedEvent);
  });

  it.each([
    ['no secret', []],
    ['an empty one', ['']],
    ['one that is not base64', ['whsec_???']],
  ])('says what is wrong with %s', (_what, secrets) => {
    expect(() => verifyEvent(BODY, sign(BODY), secrets)).toThrow(/the endpoint's secret/);
  });
});
