import { describe, expect, it } from '#jest';
import { growWith, no, ok, PAGE, process, ROW } from './testing/test-grow.ts';

const KNOWN = { transactionId: '800000009', secret: 'tt-9' };

describe('a transaction that answers for itself with something unreadable', () => {
  const odd = ok({ ...ROW, transactionId: '800000009', statusCode: '' });

  it.each([
    ['a field that is missing', odd],
    ['no transaction', ok([])],
    ['an answer of an unknown form', { status: '7', err: '', data: {} }],
  ])('(%s) hides no money of the page, and a person is asked', async (_, getTransactionInfo) => {
    const grow = growWith({ getPaymentProcessInfo: process(ROW), getTransactionInfo });
    const { transactions, unreadable } = await grow.findAll([KNOWN]);
    expect(transactions).toMatchObject([{ transactionId: '800000001', status: 'succeeded' }]);
    expect(unreadable).toEqual([{ rowId: '800000009', problem: 'its own answer cannot be read' }]);
  });

  it('takes nothing away from what its page tells of it: only details are missing', async () => {
    const { cardBrandCode: _, ...row } = ROW;
    const grow = growWith({ getPaymentProcessInfo: process(row), getTransactionInfo: odd });
    const { transactions, unreadable } = await grow.findAll();
    expect(transactions).toMatchObject([
      { transactionId: '800000001', amount: 12_990, means: [{ brand: null }] },
    ]);
    expect(unreadable).toEqual([]);
  });

  it.each([
    ['half an answer', '{"status":"1","da'],
    ['a refusal', no(701)],
    ['trouble', no(12)],
  ])('fails the search where it is %s: it may be money', async (_, getTransactionInfo) => {
    const grow = growWith({ getPaymentProcessInfo: process(ROW), getTransactionInfo });
    await expect(grow.findAll([KNOWN])).rejects.toMatchObject({ name: 'ProviderError' });
  });
});

it('a page that came whole and cannot be read hides no money on another', async () => {
  const answers = [ok({ processId: '' }), process(ROW)];
  const grow = growWith({
    get getPaymentProcessInfo() {
      return answers.shift();
    },
  });
  const pages = [{ pageId: '900000', secret: 'token-0' }, PAGE];
  const { transactions, unreadable } = await grow.findAll([], pages);
  expect(transactions).toMatchObject([{ transactionId: '800000001' }]);
  expect(unreadable).toEqual([{ rowId: '900000', problem: 'its own answer cannot be read' }]);
});

it('of which nothing at all can be read fails, so that the provider is asked again', async () => {
  const grow = growWith({ getPaymentProcessInfo: ok({ processId: '' }) });
  await expect(grow.findAll()).rejects.toMatchObject({ code: 'bad_answer', isWhole: true });
});

it.each(['firstPaymentSum', 'periodicalPaymentSum'])(
  'an odd %s only informs: the sum itself is what counts',
  async (field) => {
    const parts = { allPaymentsNum: '3', firstPaymentSum: '43.30', periodicalPaymentSum: '43.30' };
    const row = { ...ROW, ...parts, [field]: 'none', cardBrandCode: '3' };
    const { transactions, unreadable } = await growWith({
      getPaymentProcessInfo: process(row),
    }).findAll();
    expect(unreadable).toEqual([]);
    expect(transactions).toMatchObject([{ amount: 12_990, means: [{ installments: 3, firstAmount: null }] }]);
  },
);
