import { readFileSync } from 'node:fs';
import { describe, expect, it } from '#jest';
import { readEnvelope } from './envelope.ts';
import { CALLBACK, IPN, PAGE, VIEW } from './wire.ts';

const PAGE_UID = 'f0a1b2c3-0000-4000-8000-0000000000aa';

function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8');
}

function dataOf(name: string): unknown {
  const envelope = readEnvelope(fixture(name));
  if (envelope.kind !== 'success') throw new Error(`${name} is no success`);
  return envelope.data;
}

describe('the envelope', () => {
  it('is read under both of its names', () => {
    expect(readEnvelope(fixture('ipn-charge')).kind).toBe('success');
    expect(readEnvelope(fixture('ipn-refunded')).kind).toBe('success');
  });

  it.each([
    ['an error in it', fixture('ipn-not-found'), 'can-not-find-transaction'],
    ['a message beside it', fixture('wrong-keys'), 'API_KEY / SECRET_KEY ARE INCORRECT'],
    ['a bare JSON text', '"can-not-find-payment-page"', 'can-not-find-payment-page'],
    ['the third status', '{"results":{"status":"rejected","code":1}}', 'rejected'],
  ])('tells a refusal by %s', (_how, text, description) => {
    expect(readEnvelope(text)).toEqual({ kind: 'refusal', description });
  });

  it.each([
    ['no text', '', false],
    ['HTML', '<html>502</html>', false],
    ['half a JSON', '{"results":{"status":"succ', false],
    ['an unknown status', '{"results":{"status":"maybe","code":0},"data":{}}', true],
    ['a success with an error code', '{"results":{"status":"success","code":1},"data":{}}', true],
    ['null', 'null', true],
    ['a list', '[]', true],
  ])('takes %s for neither a yes nor a no', (_what, text, isJson) => {
    expect(readEnvelope(text)).toEqual({ kind: 'unreadable', isJson });
  });
});

describe('the shapes', () => {
  it('reads a page', () => {
    const link = `https://payments.payplus.co.il/${PAGE_UID}`;
    expect(PAGE.parse(dataOf('generate-link'))).toEqual({ uid: PAGE_UID, link });
  });

  it('refuses a page whose link is no web address', () => {
    expect(PAGE.safeParse({ page_request_uid: 'x', payment_page_link: 'javascript:alert(1)' }).success).toBe(
      false,
    );
  });

  it('reads the flat spelling', () => {
    expect(IPN.parse(dataOf('ipn-charge')).rows).toEqual([
      {
        uid: '7d1e0000-0000-4000-8000-0000000000b1',
        pageUid: PAGE_UID,
        type: 'Charge',
        isCancelled: null,
        status: 'approved',
        statusCode: '000',
        amount: 129.9,
        currency: 'ILS',
        date: '2026-01-05 10:11:12',
        creditTerms: 'regular',
        moreInfo: 'pay_01kb2m7c0000000000000000aa',
        moreInfo1: null,
        method: 'credit-card',
        paymentCount: 1,
        firstPayment: null,
        restPayment: null,
        approval: '0123456',
        lastFour: '9844',
        brandName: 'mastercard',
        payerName: 'Dana Levi',
        document: null,
      },
    ]);
  });

  it('reads related transactions, and says of which it could not', () => {
    const { rows, unreadable } = IPN.parse(dataOf('ipn-refunded'));
    expect(rows.map(({ type }) => type)).toEqual(['Charge', 'Refund']);
    expect(unreadable).toEqual([
      { rowId: expect.stringMatching(/^[0-9a-f]{64}$/), problem: 'its status_code cannot be read' },
    ]);
  });

  it('reads rows of Transactions/View under their own names, one by one', () => {
    const [declined, paid] = dataOf('view') as { transaction: Record<string, unknown> }[];
    const { uid, ...rest } = paid?.transaction ?? {};
    const transaction = {
      ...rest,
      transaction_uid: uid,
      transaction_type: 'Charge',
      transaction_is_cancelled: true,
    };
    const { rows, unreadable } = VIEW.parse([declined, { transaction }, { transaction: { uid: 'odd' } }, 7]);
    expect(rows.map((row) => [row.uid, row.type, row.isCancelled])).toEqual([
      ['7d1e0000-0000-4000-8000-0000000000b0', 'Charge', null],
      [uid, 'Charge', true],
    ]);
    expect(unreadable.map(({ rowId }) => rowId)).toEqual(['odd', expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('reads the nested spelling with the page under either key, instalments and a document', () => {
    const [declined, paid] = VIEW.parse(dataOf('view')).rows;
    expect(declined).toMatchObject({ statusCode: '004', pageUid: PAGE_UID, document: null });
    expect(paid).toMatchObject({ statusCode: '000', pageUid: PAGE_UID, document: '10001' });
    expect(paid).toMatchObject({ paymentCount: 3, firstPayment: 33.34, restPayment: 33.33 });
  });

  it('lives with an odd or missing field that only informs', () => {
    const [, paid] = dataOf('view') as [unknown, { transaction: object }];
    const { data: _data, invoice: _invoice, ...bare } = paid as Record<string, unknown>;
    const odd = { ...bare, transaction: { ...paid.transaction, payments: 'three', approval_number: 123 } };
    expect(VIEW.parse([odd]).rows[0]).toMatchObject({
      lastFour: null,
      paymentCount: null,
      approval: '123',
      document: null,
    });
  });

  it.each(['uid', 'status_code', 'amount', 'currency', 'date'])(
    'does not believe a transaction without %s',
    (field) => {
      const [, paid] = dataOf('view') as [unknown, { transaction: object }];
      expect(
        VIEW.parse([{ ...paid, transaction: { ...paid.transaction, [field]: undefined } }]).rows,
      ).toEqual([]);
    },
  );

  it('reads a callback of which hardly anything is there', () => {
    const nothing = { uid: null, type: null, statusCode: null, pageUid: null, moreInfo: null };
    expect(CALLBACK.parse({ transaction: {} })).toEqual(nothing);
    expect(CALLBACK.safeParse({}).success).toBe(false);
  });
});
