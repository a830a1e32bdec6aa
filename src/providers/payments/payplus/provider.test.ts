import { describe, expect, it } from '#jest';
import type { HttpRequest } from '../../../http.ts';
import { createPayplusProvider } from './provider.ts';

const OURS = 'pay_01kb2m7c0000000000000000aa';
const THEIRS = 'pay_01kb2m7c0000000000000000zz';
const NOTHING = { results: { status: 'error', code: 1, description: 'can-not-find-transaction' }, data: {} };

const ok = (data: unknown) => ({ results: { status: 'success', code: 0 }, data });
const money = {
  status_code: '000',
  amount: 10,
  currency: 'ILS',
  date: '2026-01-05 10:11:12',
  more_info: OURS,
};
const flat = (uid: string, change: object = {}) => ({
  ...money,
  transaction_uid: uid,
  page_request_uid: 'page-1',
  type: 'Charge',
  status: 'approved',
  ...change,
});

/** PayPlus as a table from a request (`path value`) to its answer, "nothing found" for the rest. */
function payplusWith(answers: Readonly<Record<string, object>>) {
  const asked: string[] = [];
  const send = ({ url, body }: HttpRequest) => {
    const [value] = Object.values(JSON.parse(body ?? '{}') as Record<string, string>);
    const question = `${url.slice('http://payplus/'.length)} ${value ?? ''}`;
    asked.push(question);
    return Promise.resolve({ status: 200, headers: {}, text: JSON.stringify(answers[question] ?? NOTHING) });
  };
  const provider = createPayplusProvider({
    http: { send, close: () => Promise.resolve() },
    credentials: { apiKey: 'k', secretKey: 's', paymentPageUid: 'p' },
    previousCredentials: null,
    mode: 'test',
    baseUrl: 'http://payplus',
    options: { webhookGraceSeconds: 1, maxPageMinutes: 1 },
  });
  const find = async (pageIds: string[], transactionIds: string[] = []) => {
    return (await findAll(pageIds, transactionIds)).transactions;
  };
  const findAll = (pageIds: string[], transactionIds: string[] = []) =>
    provider.findPayment({
      paymentId: OURS,
      pages: pageIds.map((pageId) => ({ pageId, secret: null })),
      transactions: transactionIds.map((transactionId) => ({ transactionId, secret: null })),
    });
  return { asked, find, findAll };
}

describe('a void that is in the books', () => {
  // It was told of the only charge that was shown, and PayPlus shows another one later, with the flag.
  it('is not told again of another charge: a person is asked', async () => {
    const rows = [
      flat('first'),
      {
        transaction: {
          ...{ ...money, transaction_uid: 'second', transaction_is_cancelled: true },
          ...{ transaction_type: 'Charge', payment_page_request_uid: 'page-1' },
        },
      },
      flat('row', { type: 'Cancel', date: '2026-01-05 12:00:00' }),
    ];
    const answers = {
      [`Transactions/View ${OURS}`]: ok(rows),
      'PaymentPages/ipn first': ok(rows[0]),
      'PaymentPages/ipn second': ok(flat('second')),
    };
    const { transactions, unreadable } = await payplusWith(answers).findAll(
      ['page-1'],
      ['first', 'first-void'],
    );
    expect(transactions.map(({ transactionId }) => transactionId).toSorted()).toEqual(['first', 'second']);
    expect(unreadable).toMatchObject([{ rowId: 'second' }]);
  });
});

describe('looking for money', () => {
  it('asks for every page and for our reference', async () => {
    const { asked, find } = payplusWith({});
    expect(await find(['page-1', 'page-2'])).toEqual([]);
    expect(asked.toSorted()).toEqual([
      'PaymentPages/ipn page-1',
      'PaymentPages/ipn page-2',
      `Transactions/View ${OURS}`,
    ]);
  });

  it('asks for a transaction that was heard of and not found, and for no other', async () => {
    const answers = {
      'PaymentPages/ipn page-1': ok(flat('known')),
      'PaymentPages/ipn heard-of': ok(flat('heard-of')),
    };
    const { asked, find } = payplusWith(answers);
    const found = await find(['page-1'], ['known', 'heard-of']);
    expect(found.map(({ transactionId }) => transactionId)).toEqual(['known', 'heard-of']);
    expect(asked.slice(2)).toEqual(['PaymentPages/ipn heard-of']);
  });

  it('learns from ipn what a listed transaction is when the list does not say', async () => {
    const untyped = {
      transaction: { ...money, uid: 'listed', payment_page_request_uid: 'page-1' },
      data: {},
    };
    const answers = {
      [`Transactions/View ${OURS}`]: ok([untyped]),
      'PaymentPages/ipn listed': ok(flat('listed')),
    };
    const found = await payplusWith(answers).find([]);
    expect(found).toMatchObject([{ transactionId: 'listed', kind: 'charge', status: 'succeeded' }]);
  });

  it('says that it cannot read what nobody says the kind of', async () => {
    const untyped = { transaction: { ...money, uid: 'listed' }, data: {} };
    const { findAll } = payplusWith({ [`Transactions/View ${OURS}`]: ok([untyped]) });
    expect(await findAll([])).toMatchObject({
      transactions: [],
      unreadable: [{ rowId: 'listed', problem: 'its type cannot be read' }],
    });
  });

  it('leaves out the money of another payment on our page, and keeps a refund with a reference of its own', async () => {
    const refund = flat('refund', { type: 'Refund', more_info: 'ref_01kb2m7c0000000000000000aa' });
    const related = { related_transactions: [flat('theirs', { more_info: THEIRS }), refund] };
    const found = await payplusWith({ 'PaymentPages/ipn page-1': ok(flat('ours', related)) }).find([
      'page-1',
    ]);
    expect(found.map(({ transactionId }) => transactionId)).toEqual(['ours', 'refund']);
    expect(found[1]).toMatchObject({ kind: 'refund', refundOf: 'ours' });
  });

  const SUMS = { number_of_payments: 3, first_payment_amount: 3.34, rest_payments_amount: 3.33 };
  const NONE = { ...SUMS, first_payment_amount: 0, rest_payments_amount: 0 };
  const listedWith = (payments: object) =>
    ok([{ transaction_type: 'Charge', transaction: { ...money, uid: 'ours', payments }, data: {} }]);

  it.each([
    ['is refused', NOTHING],
    ['knows only how many there are', listedWith({ number_of_payments: 3 })],
    ['has zeros instead', listedWith(NONE)],
  ])('reads the sums of instalments from ipn alone where the list %s', async (_how, view) => {
    const { find } = payplusWith({
      'PaymentPages/ipn page-1': ok(flat('ours', SUMS)),
      [`Transactions/View ${OURS}`]: view,
    });
    expect(await find(['page-1'])).toMatchObject([
      { means: [{ dealType: 'instalments', installments: 3, firstAmount: 334, restAmount: 333 }] },
    ]);
  });

  it('reads the sums of instalments from the list alone where ipn has zeros', async () => {
    const { find } = payplusWith({
      'PaymentPages/ipn page-1': ok(flat('ours', NONE)),
      [`Transactions/View ${OURS}`]: listedWith(SUMS),
    });
    expect(await find(['page-1'])).toMatchObject([{ means: [{ firstAmount: 334, restAmount: 333 }] }]);
  });

  const TROUBLE = { results: { status: 'error', code: 1, description: 'general-error' } };

  it('fails whole when a page cannot be asked about, so that no money is overlooked', async () => {
    const { find } = payplusWith({
      'PaymentPages/ipn page-1': TROUBLE,
      [`Transactions/View ${OURS}`]: ok([]),
    });
    await expect(find(['page-1'])).rejects.toMatchObject({ code: 'rejected' });
  });

  it.each([
    ['refused', TROUBLE, 'rejected', []],
    ['no list', ok('nothing that anybody documents'), 'bad_answer', [{ rowId: 'Transactions/View' }]],
  ])('stands by the money that ipn names where the list is %s', async (_how, view, code, unreadable) => {
    const answers = { [`Transactions/View ${OURS}`]: view };
    const { findAll } = payplusWith({ ...answers, 'PaymentPages/ipn page-1': ok(flat('ours')) });
    expect(await findAll(['page-1'])).toMatchObject({
      transactions: [{ transactionId: 'ours', status: 'succeeded' }],
      unreadable,
    });
    await expect(payplusWith(answers).find(['page-1'])).rejects.toMatchObject({ code });
  });
});
